import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startedRunSchema } from '../../src/api/schemas/run-schemas.js';
import type { ArtifactRef } from '../../src/contract/artifact-ref.js';
import type { DatasetManifest } from '../../src/contract/dataset-manifest.js';
import { createWorld, type World } from '../servers/create-world.js';
import { findLeaks } from '../servers/find-leaks.js';
import { listFiles } from '../servers/list-files.js';
import type { WorkerProcess } from '../servers/start-worker-process.js';
import { slowTrainingCsv } from './example-plans.js';
import { type ApiService, post, problemOf, startApiService } from './fixtures/api-service.js';
import { expectFailedRun, type WantedFailure } from './fixtures/expect-failed-run.js';

const csv = slowTrainingCsv(60);
const sha256 = createHash('sha256').update(csv).digest('hex');
const otherSha256 = sha256.replaceAll(/\d/g, '0');
const token = 'canary-of-a-token';
const password = 'canary-of-a-password';
const databasePassword = 'canary-of-a-database-password';

let world: World;
let api: ApiService;
let server: Server;
let dataDir: string;

/** What the server of this test answers for each path. */
const answers: Readonly<Record<string, readonly [status: number, type: string, body: string]>> = {
  '/rows.csv': [200, 'text/csv', csv],
  '/empty.csv': [200, 'text/csv', ''],
  '/page.csv': [200, 'text/html', '<!doctype html><title>Sign in</title>'],
  '/secret.csv': [401, 'text/plain', 'no'],
  '/large.csv': [200, 'text/csv', `${csv}${'1,2,3\n'.repeat(200_000)}`],
};

beforeAll(async () => {
  world = await createWorld();
  dataDir = join(world.folder, 'data');
  await mkdir(join(dataDir, 'folder'), { recursive: true });
  await writeFile(join(dataDir, 'rows.csv'), csv);
  await writeFile(join(dataDir, 'empty.csv'), '');
  await writeFile(join(world.folder, 'outside.csv'), csv);
  await symlink(join(world.folder, 'outside.csv'), join(dataDir, 'link.csv'));
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://host');
    const [status, type, body] = answers[pathname] ?? [404, 'text/plain', ''];
    const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
    const isKnown = status === 200 && request.headers['if-none-match'] === etag;
    response.writeHead(isKnown ? 304 : status, { 'content-type': type, etag });
    response.end(isKnown ? undefined : body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await world.startWorker('pipeline,train');
  const temporal = {
    address: world.env.TEMPORAL_ADDRESS ?? '',
    namespace: world.env.TEMPORAL_NAMESPACE ?? '',
  };
  api = await startApiService({ temporal, objects: world.storage.objects, dataDir });
});

afterAll(async () => {
  server.close();
  await api.close();
  await world.close();
});

async function start(source: unknown): Promise<string> {
  const pipeline = {
    name: 'rows',
    source,
    target: 'y',
    models: 'mlp',
    tune: { trials: 1, epochs: 1 },
    train: { epochs: 1 },
  };
  const response = await post(`${api.url}/v1/runs`, { pipeline });
  expect(response.status).toBe(202);
  return startedRunSchema.parse(await response.json()).runId;
}

const served = (path: string): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

interface BadSource extends Omit<WantedFailure, 'step'> {
  readonly title: string;
  readonly source: () => unknown;
}

function describeBadSources(badSources: readonly BadSource[]): void {
  const runIds = new Map<string, string>();

  beforeAll(async () => {
    for (const { title, source } of badSources) runIds.set(title, await start(source()));
  });

  it.each(badSources.map((bad) => [bad.title, bad] as const))('%s', async (title, wanted) => {
    const runId = runIds.get(title) ?? '';
    const record = await expectFailedRun(world, runId, { ...wanted, step: 'download' });
    const log = await world.client.readLogs(runId);
    expect(JSON.stringify([record.failure, log])).not.toContain(token);
  });
}

describe('while private addresses are forbidden', () => {
  let worker: WorkerProcess;

  beforeAll(async () => {
    worker = await world.startWorker('data', { RECETA_DATA_DIR: dataDir });
  });
  afterAll(() => worker.stop());

  describeBadSources([
    {
      title: 'a URL of this machine is refused',
      source: () => served(`/rows.csv?token=${token}`),
      code: 'source-forbidden',
      says: ['127.0.0.1', 'not an address of the public internet', 'operator'],
    },
    {
      title: 'a name of this machine is refused',
      source: () => served('/rows.csv').replace('127.0.0.1', 'localhost'),
      code: 'source-forbidden',
      says: ['localhost', 'not an address of the public internet'],
    },
    {
      title: 'the address of cloud credentials is refused',
      source: () => 'http://169.254.169.254/latest/meta-data/',
      code: 'source-forbidden',
      says: ['169.254.169.254'],
    },
    {
      title: 'a server whose name is unknown is tried four times',
      source: () => `https://no-such-host.invalid/rows.csv?token=${token}`,
      code: 'source-unreachable',
      says: ['https://no-such-host.invalid/rows.csv', /name (of its server|service)/, 'later'],
      attempts: 4,
    },
  ]);
});

describe('while private addresses are allowed', () => {
  let worker: WorkerProcess;

  beforeAll(async () => {
    worker = await world.startWorker('data', {
      RECETA_DATA_DIR: dataDir,
      RECETA_ALLOWED_PRIVATE_HOSTS: '127.0.0.1,127.0.0.1:1',
      RECETA_CONNECTION_WAREHOUSE: `postgres://ann:${databasePassword}@127.0.0.1:1/shop`,
    });
  });

  describeBadSources([
    {
      title: 'a closed port is tried four times',
      source: () => `http://127.0.0.1:1/rows.csv?token=${token}`,
      code: 'source-unreachable',
      says: ['http://127.0.0.1:1/rows.csv', 'refuses connections', 'later'],
      attempts: 4,
    },
    {
      title: 'a URL with nothing behind it is not found',
      source: () => served(`/nothing.csv?token=${token}`),
      code: 'source-not-found',
      says: ['/nothing.csv', '404', 'Check the URL'],
    },
    {
      title: 'a URL that wants a permission is forbidden',
      source: () => served('/secret.csv'),
      code: 'source-forbidden',
      says: ['/secret.csv', '401', 'Use a URL'],
    },
    {
      title: 'a page to sign in at is no data',
      source: () => served('/page.csv'),
      code: 'source-unreadable',
      says: ['/page.csv', 'HTML page'],
    },
    {
      title: 'an empty answer is empty',
      source: () => served('/empty.csv'),
      code: 'source-empty',
      says: ['/empty.csv', 'empty (0 bytes)'],
    },
    {
      title: 'a source above the size limit is too large',
      source: () => served('/large.csv'),
      code: 'source-too-large',
      says: ['/large.csv', 'limit of 1000000 bytes', 'raise the limit'],
    },
    {
      title: 'a URL with another sha256 is refused',
      source: () => ({ url: served(`/rows.csv?token=${token}`), sha256: otherSha256 }),
      code: 'source-checksum-mismatch',
      says: ['/rows.csv', sha256, otherSha256],
    },
    {
      title: 'a file with another sha256 is refused',
      source: () => ({ path: 'rows.csv', sha256: otherSha256 }),
      code: 'source-checksum-mismatch',
      says: ['rows.csv', sha256, otherSha256],
    },
    {
      title: 'a missing file is not found',
      source: () => 'missing.csv',
      code: 'source-not-found',
      says: ["'missing.csv'", 'no such file below the data directory', 'Check the path'],
    },
    {
      title: 'a glob that matches nothing is not found',
      source: () => 'folder/*.csv',
      code: 'source-not-found',
      says: ["'folder/*.csv'", 'no file matches'],
    },
    {
      title: 'an empty file is empty',
      source: () => 'empty.csv',
      code: 'source-empty',
      says: ['empty.csv', 'empty (0 bytes)'],
    },
    {
      title: 'a folder without data is not found',
      source: () => 'folder/',
      code: 'source-not-found',
      says: ["'folder/'", 'no data file', 'it is empty'],
    },
    {
      title: 'a path out of the data directory is refused',
      source: () => '../outside.csv',
      code: 'source-forbidden',
      says: ["'../outside.csv'", 'RECETA_DATA_DIR'],
    },
    {
      title: 'a link out of the data directory is refused',
      source: () => 'link.csv',
      code: 'source-forbidden',
      says: ["'link.csv'", 'RECETA_DATA_DIR'],
    },
    {
      title: 'a connection that nobody named is invalid',
      source: () => ({ postgres: 'lake', query: 'orders' }),
      code: 'connection-invalid',
      says: ["'lake'", 'it knows warehouse', 'RECETA_CONNECTION_LAKE'],
    },
    {
      title: 'a connection of another kind is invalid',
      source: () => ({ s3: 's3://bucket/rows.csv', connection: 'warehouse' }),
      code: 'connection-invalid',
      says: ["'warehouse'", 'a PostgreSQL database', 'needs an S3 store'],
    },
    {
      title: 'a database that is away is tried four times',
      source: () => ({ postgres: 'warehouse', query: 'SELECT 1 AS y' }),
      code: 'source-unreachable',
      says: ["'warehouse'", 'cannot be reached', 'later'],
      attempts: 4,
    },
  ]);

  it('the worker tells nobody the password of a connection', () => {
    expect(worker.output()).not.toContain(databasePassword);
  });

  it('the same data under its right sha256 makes a model, and is not fetched again', async () => {
    const source = { url: served('/rows.csv'), sha256 };
    const record = await world.untilFinished(await start(source));
    expect(record).toMatchObject({ outcome: 'succeeded' });
    // Every successful run has stored what it read.
    const dataset = record.artifacts.dataset as ArtifactRef;
    const manifest = await world.storage.artifacts.getJson<DatasetManifest>(dataset);
    expect(manifest).toEqual({
      format: 'receta-dataset/1',
      sources: {
        source: [{ name: served('/rows.csv'), artifact: expect.anything(), columns: null }],
      },
    });
    expect(manifest.sources.source?.[0]?.artifact.sha256).toBe(sha256);
    const instances = [{ a: 0.5, b: 0.5 }];
    const response = await post(`${api.url}/v1/models/rows:predict`, { instances });
    expect(await response.json()).toMatchObject({ predictions: [expect.any(Number)] });
    const again = await world.untilFinished(await start(source));
    expect(again.artifacts.dataset).toEqual(dataset);
    expect(again.progress.steps[0]?.cache).toMatchObject({
      state: 'hit',
      reason: `unchanged, the server says so of ${served('/rows.csv')} (304)`,
      key: dataset.sha256,
    });
  });
});

describe('a request is refused at once when', () => {
  it.each([
    ['the URL holds a password', `https://user:${password}@data.example/rows.csv`],
    ['the URL is of another protocol', 'ftp://data.example/rows.csv'],
    ['the source is no text', 7],
    ['the sha256 is none', { url: 'https://data.example/rows.csv', sha256: 'abc' }],
  ])('%s', async (_, source) => {
    const pipeline = { name: 'rows', source, target: 'y' };
    const response = await post(`${api.url}/v1/runs`, { pipeline });
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem.code).toBe('pipeline-invalid');
    expect(problem.errors[0]?.path).toMatch(/^pipeline\.source/);
    expect(JSON.stringify(problem)).not.toContain(password);
  });
});

it('the secrets of the store, of a URL and of a connection stand nowhere', async () => {
  const secrets = [world.env.S3_SECRET_ACCESS_KEY ?? '', password, databasePassword];
  expect(await findLeaks(world, secrets)).toEqual([]);
  // A token in the query of a URL belongs to the plan, which shows that the search would find secrets.
  const places = (await findLeaks(world, [token])).join('\n');
  expect(places).toContain('history of rows-');
  expect(places).toContain('/record.json');
});

it('no file of an attempt or a download is left', async () => {
  expect(await listFiles(join(world.folder, 'state', 'work'))).toEqual([]);
});
