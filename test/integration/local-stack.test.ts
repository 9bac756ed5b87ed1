import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { MinioObjectStore } from '../../src/artifacts/minio-object-store.js';
import { loadConfig } from '../../src/config/load-config.js';
import { describeStack } from '../../src/local/describe-stack.js';
import { readProcessIdentity } from '../../src/local/process-identity.js';
import { readStackConnection } from '../../src/local/stack-file.js';
import { type Stack, type StartStackOptions, startStack } from '../../src/local/start-stack.js';

const childPath = fileURLToPath(new URL('./fixtures/local/part-child.mjs', import.meta.url));
const anyPorts = { temporal: 0, temporalUi: 0, minio: 0, api: 0 };

let stateDir: string;
const running: Stack[] = [];

beforeEach(async () => {
  stateDir = join(await mkdtemp(join(tmpdir(), 'receta-stack-')), 'state');
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((stack) => stack.stop()));
  await rm(join(stateDir, '..'), { recursive: true, force: true });
});

async function start(options: Partial<StartStackOptions> = {}): Promise<Stack> {
  const stack = await startStack({
    stateDir,
    env: { HOME: process.env.HOME, PATH: process.env.PATH },
    receta: [process.execPath, childPath],
    ports: anyPorts,
    backOff: { firstMs: 20, maxMs: 100 },
    ...options,
  });
  running.push(stack);
  return stack;
}

function partOf(stack: Stack, name: string) {
  const part = stack.parts().find((candidate) => candidate.name === name);
  if (part === undefined) throw new Error(`the stack has no part ${name}`);
  return part;
}

function livingPids(pids: readonly (number | null)[]): number[] {
  return pids.flatMap((pid) => (pid !== null && readProcessIdentity(pid) !== null ? [pid] : []));
}

function storeOf(stack: Stack): MinioObjectStore {
  const { store } = stack.connection;
  if (store === null) throw new Error('the stack has no store of its own');
  return new MinioObjectStore(store);
}

test('a start in an empty folder ends with every part ready on loopback', async () => {
  const stack = await start();

  expect(stack.parts().map(({ name, state }) => `${name} ${state}`)).toEqual([
    'temporal ready',
    'minio ready',
    'api ready',
    'worker ready',
  ]);
  expect((await fetch(`${stack.connection.api.url}/readyz`)).status).toBe(200);
  expect(await storeOf(stack).list('')).toEqual([]);
  const connection = await Connection.connect({
    address: stack.connection.temporal?.address ?? '',
  });
  const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
  await connection.close();
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(72 * 3_600);
});

test('secrets lie in one file that only the owner can read', async () => {
  const stack = await start();
  const secret = stack.connection.store?.secretKey ?? '';

  expect((await stat(stateDir)).mode & 0o777).toBe(0o700);
  expect((await stat(join(stateDir, 'credentials.json'))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(stateDir, 'credentials.json'), 'utf8')).toContain(secret);
  for (const name of ['stack.json', 'logs/minio.log', 'logs/temporal.log']) {
    expect(await readFile(join(stateDir, name), 'utf8')).not.toContain(secret);
  }
});

test('another process finds the running stack by its folder, and none once it is stopped', async () => {
  const stack = await start();
  const config = loadConfig({}, { stack: readStackConnection(stateDir) });

  expect(config.temporal.address).toBe(stack.connection.temporal?.address);
  expect(config.store).toEqual(stack.connection.store);
  expect(config.api.url).toBe(stack.connection.api.url);

  await stack.stop();
  expect(readStackConnection(stateDir)).toBeNull();
});

test('stopped and started again, the stack has its ports, keys and data back', async () => {
  const first = await start();
  await storeOf(first).put('kept', Buffer.from('bytes'));
  await first.stop();
  const second = await start({ ports: {} });

  expect(second.connection).toEqual(first.connection);
  expect(Buffer.from((await storeOf(second).get('kept')).body).toString()).toBe('bytes');
});

test('a stop leaves no process', async () => {
  const stack = await start();
  const pids = stack.parts().map(({ pid }) => pid);
  expect(livingPids(pids)).toHaveLength(4);

  await stack.stop();

  expect(livingPids(pids)).toEqual([]);
  expect((await describeStack({ stateDir, nowMs: Date.now() })).state).toBe('stopped');
});

test('a folder has one owner, and the second comer is told who', async () => {
  await start();

  await expect(start()).rejects.toMatchObject({
    code: 'stack-conflict',
    message: expect.stringContaining(`belongs to the stack of process ${process.pid}`),
  });
});

test('two stacks in two folders live side by side', async () => {
  const [one, two] = await Promise.all([
    start(),
    start({ stateDir: join(stateDir, '..', 'other') }),
  ]);

  expect(one.connection.store?.endpoint).not.toBe(two.connection.store?.endpoint);
  expect([...one.parts(), ...two.parts()].map(({ state }) => state)).toEqual(
    Array.from({ length: 8 }, () => 'ready'),
  );
});

test.each(['temporal', 'minio', 'api', 'worker'])(
  '%s is restarted on its port after kill -9',
  async (name) => {
    const stack = await start();
    const { pid, port } = partOf(stack, name);

    process.kill(pid ?? 0, 'SIGKILL');

    await vi.waitUntil(() => partOf(stack, name).restarts === 1, { timeout: 10_000 });
    await vi.waitUntil(() => partOf(stack, name).state === 'ready', { timeout: 20_000 });
    expect(partOf(stack, name)).toMatchObject({ port, lastExit: 'SIGKILL' });
    expect(partOf(stack, name).pid).not.toBe(pid);
  },
);

test('a database of another Temporal version is named and left alone', async () => {
  await mkdir(stateDir, { recursive: true });
  const foreign = join(stateDir, 'temporal-1.20.0.db');
  await writeFile(foreign, 'of another server');
  const stack = await start();

  expect(stack.notices).toEqual([
    expect.stringContaining(`${foreign} was written by another version`),
  ]);
  expect(await readFile(foreign, 'utf8')).toBe('of another server');
});

test('a part that cannot start ends the start with its last words, and nothing is left', async () => {
  const childOf = (path: string) => start({ receta: [process.execPath, path] });

  await expect(childOf('/nonexistent/receta.js')).rejects.toMatchObject({
    code: 'stack-failed',
    message: expect.stringContaining('Cannot find module'),
  });
  const { parts, state } = await describeStack({ stateDir, nowMs: Date.now() });
  expect(state).toBe('stopped');
  expect(livingPids(parts.map(({ pid }) => pid))).toEqual([]);
  // The folder is free again.
  await start();
});

test('servers that the environment names are used and not started', async () => {
  const { endpoint, accessKey, secretKey } = inject('minio');
  const stack = await start({
    env: {
      PATH: process.env.PATH,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      S3_ENDPOINT: endpoint,
      S3_ACCESS_KEY_ID: accessKey,
      S3_SECRET_ACCESS_KEY: secretKey,
      S3_BUCKET: 'local-stack-external',
    },
  });

  expect(stack.parts().map(({ name, state }) => `${name} ${state}`)).toEqual([
    'temporal external',
    'minio external',
    'api ready',
    'worker ready',
  ]);
  const region = 'us-east-1';
  const store = new MinioObjectStore({
    endpoint,
    accessKey,
    secretKey,
    bucket: 'local-stack-external',
    region,
  });
  expect(await store.list('')).toEqual([]);
});

test('the status tells each part, the size of the folder and how to delete it', async () => {
  const stack = await start();
  const description = await describeStack({ stateDir, nowMs: Date.now() + 1_000 });

  expect(description).toMatchObject({
    stateDir,
    state: 'ready',
    supervisor: process.pid,
    apiUrl: stack.connection.api.url,
    deleteCommand: `rm -rf ${stateDir}`,
  });
  expect(description.sizeBytes).toBeGreaterThan(10_000);
  for (const part of description.parts) {
    expect(part).toMatchObject({ state: 'ready', restarts: 0, pid: partOf(stack, part.name).pid });
    expect(part.uptimeMs).toBeGreaterThanOrEqual(1_000);
  }
});
