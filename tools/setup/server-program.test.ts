import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decideToolchain } from './go-build.mjs';
import { minioServer, parseUsableMinioVersion } from './minio-server.mjs';
import { parseUsableTemporalVersion, temporalServer } from './temporal-server.mjs';
import type { Context } from './types.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'receta-parts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function context(env: NodeJS.ProcessEnv, purpose: Context['purpose'] = 'run'): Context {
  return { root: folder, cacheFolder: join(folder, 'cache'), env, purpose };
}

function writeProgram(path: string, output: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho '${output}'\n`);
  chmodSync(path, 0o755);
  return path;
}

test('a server that runs elsewhere is taken before any program', async () => {
  const env = { TEMPORAL_ADDRESS: 'temporal:7233', RECETA_TEMPORAL_BIN: '/nowhere' };

  expect(await temporalServer.inspect(context(env))).toMatchObject({
    state: 'external',
    path: 'temporal:7233',
  });
});

test('tests never use a server that belongs to somebody else', async () => {
  const finding = await minioServer.inspect(context({ S3_ENDPOINT: 'http://s3' }, 'test'));

  expect(finding.state).toBe('missing');
});

test('the variable is taken before the PATH, and the PATH before the cache', async () => {
  const cached = writeProgram(join(folder, 'cache/temporal-1.8.2/temporal'), '');
  const onPath = writeProgram(join(folder, 'path/temporal'), 'temporal version 1.9.0 (Server 1)');
  const named = writeProgram(join(folder, 'named'), 'temporal version 1.8.3 (Server 1)');
  const PATH = dirname(onPath);

  const findings = await Promise.all(
    [{ PATH, RECETA_TEMPORAL_BIN: named }, { PATH }, {}].map((env) =>
      temporalServer.inspect(context(env)),
    ),
  );

  expect(findings.map(({ path }) => path)).toEqual([named, onPath, cached]);
  expect(findings.map(({ version }) => version)).toEqual(['1.8.3', '1.9.0', '1.8.2']);
});

test('a program on the PATH of an unusable version is passed over, and the reason is told', async () => {
  const onPath = writeProgram(join(folder, 'path/temporal'), 'temporal version 1.0.0 (Server 1)');

  const finding = await temporalServer.inspect(context({ PATH: dirname(onPath) }));

  expect(finding.state).toBe('missing');
  expect(finding.how).toContain(onPath);
});

test('a variable that names no program is an error, not a reason to look elsewhere', async () => {
  const env = { RECETA_MINIO_BIN: join(folder, 'nowhere') };

  await expect(minioServer.inspect(context(env))).rejects.toThrow('RECETA_MINIO_BIN');
});

test('Temporal is used from 1.8 and before 2', () => {
  expect(parseUsableTemporalVersion('temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)')).toBe(
    '1.8.2',
  );
  expect(parseUsableTemporalVersion('temporal version 1.7.9 (Server 1)')).toBeNull();
  expect(parseUsableTemporalVersion('temporal version 2.0.0 (Server 2)')).toBeNull();
  expect(parseUsableTemporalVersion('another program')).toBeNull();
});

test('MinIO is used from the release that has the security fixes', () => {
  const of = (version: string) => parseUsableMinioVersion(`minio version ${version} (commit-id=1)`);

  expect(of('RELEASE.2025-10-15T17-29-55Z')).toBe('RELEASE.2025-10-15T17-29-55Z');
  expect(of('RELEASE.2025-09-07T16-13-09Z')).toBeNull();
  expect(of('DEVELOPMENT.GOGET')).toBeNull();
});

test('a Go that is new enough fetches no other; an older one fetches the one that is asked for', () => {
  expect(decideToolchain('1.26.8', '1.26.4')).toBe('local');
  expect(decideToolchain('1.26.0', '1.26.4')).toBe('go1.26.4');
});
