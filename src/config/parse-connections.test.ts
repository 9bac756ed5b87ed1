import { expect, test } from 'vitest';
import { RecetaError } from '../contract/errors.js';
import { parseConnections } from './parse-connections.js';

const canary = 'canary-of-a-secret';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    parseConnections(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(RecetaError);
    const { code, message, problems } = error as RecetaError;
    expect(code).toBe('connection-invalid');
    expect(JSON.stringify([message, problems, (error as Error).stack])).not.toContain(canary);
    return problems.map(({ path, message: text }) => `${path} ${text}`);
  }
  return [];
}

test('connections are found by their names in lower case, with hyphens', () => {
  const connections = parseConnections({
    RECETA_CONNECTION_WAREHOUSE: 'postgres://ann:p%40ss@db.example:5433/shop',
    RECETA_CONNECTION_DATA_LAKE: 's3://key:secret@127.0.0.1:9000?tls=false&region=eu-1',
    RECETA_CONNECTION_UNSET: '',
    OTHER: 'x',
  });
  expect(connections).toEqual({
    warehouse: {
      kind: 'postgres',
      host: 'db.example',
      port: 5433,
      database: 'shop',
      user: 'ann',
      password: 'p@ss',
      tls: 'verify-full',
      tlsAuthorityPath: null,
    },
    'data-lake': {
      kind: 's3',
      endpoint: 'http://127.0.0.1:9000',
      accessKey: 'key',
      secretKey: 'secret',
      region: 'eu-1',
    },
  });
});

test('TLS is left out on loopback only, unless that is said otherwise', () => {
  const tlsOf = (url: string) => parseConnections({ RECETA_CONNECTION_A: url }).a;
  expect(tlsOf('postgres://u:p@localhost/d')).toMatchObject({ tls: 'disable', port: 5432 });
  expect(tlsOf('postgresql://u:p@[::1]/d')).toMatchObject({ tls: 'disable', host: '::1' });
  expect(tlsOf('postgres://u:p@localhost/d?sslmode=require')).toMatchObject({ tls: 'require' });
  expect(tlsOf('postgres://u:p@db.example/d?sslmode=disable')).toMatchObject({ tls: 'disable' });
  expect(tlsOf('s3://k:s@s3.example')).toMatchObject({ endpoint: 'https://s3.example' });
});

test.each([
  `mysql://u:${canary}@h/d`,
  canary,
  `postgres://u:${canary}@h`,
  `postgres://${canary}@/d`,
  `postgres://u:${canary}@h/d?sslmode=maybe`,
  `postgres://u:p?${canary}@h/d`,
  `postgres://u:${canary}%@h/d`,
  `s3://${canary}@h`,
  `s3://k:${canary}@h/bucket`,
  `s3://k:${canary}@h?tls=1`,
  `s3://k:s@h?${canary}=1`,
])('a URL that cannot be used is a problem that shows nothing of it', (url) => {
  expect(problemsOf({ RECETA_CONNECTION_A: url })).toEqual([
    expect.stringMatching(/^RECETA_CONNECTION_A \S/),
  ]);
});

test('all problems are told at once', () => {
  const url = 'postgres://u:p@h/d';
  expect(
    problemsOf({ RECETA_CONNECTION_1: url, RECETA_CONNECTION_B: 'x', RECETA_CONNECTION_C: url }),
  ).toHaveLength(2);
});
