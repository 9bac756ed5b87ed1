import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { MinioObjectStore } from '../../src/artifacts/minio-object-store.js';

const receta = fileURLToPath(new URL('../../dist/bin/receta.js', import.meta.url));
const otherSha256 = 'ab'.repeat(32);
const smallest = 'name: rows\nsource: rows.csv\ntarget: y\n';

let folder: string;
let env: NodeJS.ProcessEnv;
let objects: MinioObjectStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-bad-pipeline-file-'));
  await writeFile(join(folder, 'rows.csv'), 'a,y\n1,2\n');
  await writeFile(join(folder, 'empty.csv'), '');
  const { endpoint, accessKey, secretKey } = inject('minio');
  objects = new MinioObjectStore({ ...inject('minio'), bucket: `test-${randomUUID()}` });
  await objects.ensureBucket();
  env = {
    PATH: process.env.PATH,
    // Nobody listens there: a bad file is found before a server is asked.
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    S3_ENDPOINT: endpoint,
    S3_ACCESS_KEY_ID: accessKey,
    S3_SECRET_ACCESS_KEY: secretKey,
    S3_BUCKET: objects.bucket,
    RECETA_STATE_DIR: join(folder, 'state'),
  };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(fileName: string): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [receta, 'run', fileName], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, out, err };
}

it.each([
  ['text that is no YAML', 'name: rows\nsource: [a.csv\n', ['p.yaml:3:1', 'Flow sequence']],
  ['a tab for a space', 'name: rows\ntune:\n\ttrials: 3\n', ['p.yaml:3:1', 'Tabs']],
  ['text that is no pipeline', 'just words\n', ['p.yaml:1:1', 'the keys of a pipeline']],
  ['nothing', '', ['p.yaml:1:1', 'the keys of a pipeline']],
  ['an unknown key', `${smallest}tune:\n  trails: 3\n`, ['p.yaml:5:3', 'trails', 'trials']],
  ['a key that is missing', 'name: rows\nsource: rows.csv\n', ['p.yaml:1:1', 'target']],
  ['a key that comes twice', `${smallest}target: z\n`, ['p.yaml:4:1', 'unique']],
  ['a value of another type', `${smallest}tune:\n  trials: many\n`, ['p.yaml:5:11', '"many"']],
  ['an unknown metric', `${smallest}gates:\n  acuracy: {min: 1}\n`, ['p.yaml:5:3', 'accuracy']],
  ['a key at a wrong level', `${smallest}header: false\n`, ['p.yaml:4:1', 'source.header']],
  [
    'a parameter that leads elsewhere',
    `${smallest.replace('rows.csv', `\${params.part}.csv`)}params: { part: ../rows }\n`,
    ['p.yaml:4:17', 'another place'],
  ],
  [
    'an option of another kind',
    `${smallest}features:\n  columns: { a: { kind: number, encode: target } }\n`,
    ['p.yaml:5:41', 'category'],
  ],
  ['a source that is missing', smallest.replace('rows.csv', 'no.csv'), ['/no.csv', 'no such file']],
  ['a source that is empty', smallest.replace('rows.csv', 'empty.csv'), ['/empty.csv', '0 bytes']],
  [
    'a source with another sha256',
    smallest.replace('rows.csv', `{path: rows.csv, sha256: ${otherSha256}}`),
    ['/rows.csv', otherSha256, 'source.sha256'],
  ],
])('`receta run` ends with 2 for %s, and says where and why', async (_, content, words) => {
  await writeFile(join(folder, 'p.yaml'), content);
  const { code, out, err } = await run('p.yaml');
  expect(code, err).toBe(2);
  for (const word of words) expect(err).toContain(word);
  expect(err).toMatch(/^error: /m);
  expect(err).not.toMatch(/^\s+at /m);
  expect(err).not.toContain(env.S3_SECRET_ACCESS_KEY);
  expect(out).toBe('');
});

it('`receta run` ends with 2 for a pipeline file that is missing', async () => {
  const { code, err } = await run('nothing.yaml');
  expect(code).toBe(2);
  expect(err).toContain(`${join(folder, 'nothing.yaml')}: there is no such file`);
});

it('none of them has left a run or a request', async () => {
  const keys = (await objects.list('')).map(({ key }) => key);
  expect(keys.filter((key) => !key.startsWith('artifacts/'))).toEqual([]);
});
