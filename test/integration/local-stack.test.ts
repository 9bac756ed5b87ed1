import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { MinioObjectStore } from '../../src/artifacts/minio-object-store.js';
import { loadConfig } from '../../src/config/load-config.js';
import { describeStack } from '../../src/local/describe-stack.js';
import { readStackConnection } from '../../src/local/stack-file.js';
import type { Stack } from '../../src/local/start-stack.js';
import { readProcessIdentity } from '../../src/processes/process-identity.js';
import { externalEnvironment, startFixtureStack } from './fixtures/local/start-fixture-stack.js';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'receta-stack-'));
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

function partOf(stack: Stack, name: string) {
  const part = stack.parts().find((candidate) => candidate.name === name);
  if (part === undefined) throw new Error(`the stack has no part ${name}`);
  return part;
}

function statesOf(stack: Stack): string[] {
  return stack.parts().map(({ name, state }) => `${name} ${state}`);
}

function livingPids(pids: readonly (number | null)[]): number[] {
  return pids.flatMap((pid) => (pid !== null && readProcessIdentity(pid) !== null ? [pid] : []));
}

function storeOf(stack: Stack): MinioObjectStore {
  const { store } = stack.connection;
  if (store === null) throw new Error('the stack has no store of its own');
  return new MinioObjectStore(store);
}

const allReady = ['temporal ready', 'minio ready', 'api ready', 'worker ready'];

describe('a running stack', () => {
  let stack: Stack;
  let stateDir: string;

  beforeAll(async () => {
    stateDir = join(root, 'running');
    stack = await startFixtureStack({ stateDir });
  });

  afterAll(async () => {
    await stack.stop();
  });

  test('has every part ready, its bucket made and the retention set', async () => {
    expect(statesOf(stack)).toEqual(allReady);
    expect((await fetch(`${stack.connection.api.url}/readyz`)).status).toBe(200);
    expect(await storeOf(stack).list('')).toEqual([]);
    const address = stack.connection.temporal?.address ?? '';
    const connection = await Connection.connect({ address });
    const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
    await connection.close();
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(72 * 3_600);
  });

  test('keeps its secrets in one file that only the owner can read', async () => {
    const secret = stack.connection.store?.secretKey ?? '';

    expect((await stat(stateDir)).mode & 0o777).toBe(0o700);
    expect((await stat(join(stateDir, 'credentials.json'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(stateDir, 'credentials.json'), 'utf8')).toContain(secret);
    for (const name of ['stack.json', 'logs/minio.log', 'logs/temporal.log']) {
      expect(await readFile(join(stateDir, name), 'utf8')).not.toContain(secret);
    }
  });

  test('is found by other processes through its folder', () => {
    const config = loadConfig({}, { stack: readStackConnection(stateDir) });

    expect(config.temporal.address).toBe(stack.connection.temporal?.address);
    expect(config.store).toEqual(stack.connection.store);
    expect(config.api.url).toBe(stack.connection.api.url);
  });

  test('is described with each part, the size of its folder and how to delete it', async () => {
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
      const { pid } = partOf(stack, part.name);
      expect(part).toMatchObject({ state: 'ready', restarts: 0, pid });
      expect(part.uptimeMs).toBeGreaterThanOrEqual(1_000);
    }
  });

  test('refuses a second owner of its folder and says who the first is', async () => {
    await expect(startFixtureStack({ stateDir })).rejects.toMatchObject({
      code: 'stack-conflict',
      message: expect.stringContaining(`belongs to the stack of process ${process.pid}`),
    });
  });

  test('lives beside a stack in another folder', async () => {
    const other = await startFixtureStack({ stateDir: join(root, 'other') });

    expect(statesOf(other)).toEqual(allReady);
    expect(statesOf(stack)).toEqual(allReady);
    expect(other.connection.store?.secretKey).not.toBe(stack.connection.store?.secretKey);
    await other.stop();
  });

  test('restarts each part on its port after kill -9', async () => {
    const before = stack.parts();
    for (const { pid } of before) process.kill(pid ?? 0, 'SIGKILL');

    await vi.waitUntil(() => stack.parts().every(({ restarts }) => restarts > 0), {
      timeout: 10_000,
    });
    await vi.waitUntil(() => stack.parts().every(({ state }) => state === 'ready'), {
      timeout: 60_000,
    });
    for (const { name, pid, port } of before) {
      expect(partOf(stack, name)).toMatchObject({ port, lastExit: 'SIGKILL' });
      expect(partOf(stack, name).pid).not.toBe(pid);
    }
  });
});

test('a stop leaves no process, and the next start has ports, keys and data back', async () => {
  const stateDir = join(root, 'restarted');
  const first = await startFixtureStack({ stateDir });
  await storeOf(first).put('tests/kept', Buffer.from('bytes'));
  const pids = first.parts().map(({ pid }) => pid);
  expect(livingPids(pids)).toHaveLength(4);

  await first.stop();

  expect(livingPids(pids)).toEqual([]);
  expect(readStackConnection(stateDir)).toBeNull();
  expect((await describeStack({ stateDir, nowMs: Date.now() })).state).toBe('stopped');

  const foreign = join(stateDir, 'temporal-1.20.0.db');
  await writeFile(foreign, 'of another server');
  const second = await startFixtureStack({ stateDir, ports: {} });
  const { body } = await storeOf(second).get('tests/kept');
  await second.stop();

  expect(second.connection).toEqual(first.connection);
  expect(Buffer.from(body).toString()).toBe('bytes');
  expect(second.notices).toEqual([
    expect.stringContaining(`${foreign} was written by another version of the Temporal server`),
  ]);
  expect(await readFile(foreign, 'utf8')).toBe('of another server');
});

test('servers that the environment names are used and not started', async () => {
  const minio = inject('minio');
  const bucket = 'local-stack-external';
  const stack = await startFixtureStack({
    stateDir: join(root, 'external'),
    env: externalEnvironment(inject('temporalAddress'), minio, bucket),
  });
  const states = statesOf(stack);
  await stack.stop();

  expect(states).toEqual(['temporal external', 'minio external', 'api ready', 'worker ready']);
  expect(await new MinioObjectStore({ ...minio, bucket }).list('')).toEqual([]);
});

test('a part that cannot start ends the start with its last words, and nothing is left', async () => {
  const stateDir = join(root, 'broken');
  const env = externalEnvironment(inject('temporalAddress'), inject('minio'), 'local-stack-broken');
  const start = startFixtureStack({
    stateDir,
    env,
    receta: [process.execPath, '/nonexistent/receta.js'],
  });

  await expect(start).rejects.toMatchObject({
    code: 'stack-failed',
    message: expect.stringContaining('Cannot find module'),
  });
  const { parts, state } = await describeStack({ stateDir, nowMs: Date.now() });
  expect(state).toBe('stopped');
  expect(livingPids(parts.map(({ pid }) => pid))).toEqual([]);
  const next = await startFixtureStack({ stateDir, env });
  await next.stop();
});
