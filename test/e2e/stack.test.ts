import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { StackDescription } from '../../src/local/describe-stack.js';
import { readProcessIdentity } from '../../src/local/process-identity.js';

const launcher = fileURLToPath(new URL('../../bin/receta.js', import.meta.url));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-e2e-stack-'));
});

afterAll(async () => {
  await receta('down');
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  const { code, stderr } = await receta('up', '--detach');
  expect(code, stderr).toBe(0);
  return async () => {
    await receta('down');
  };
});

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [launcher, ...args], {
    cwd: folder,
    env: { ...process.env, RECETA_STATE_DIR: join(folder, 'state') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function receta(...args: string[]) {
  const child = start(...args);
  if (child.stdout === null || child.stderr === null) throw new Error('no output');
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await closed;
  return { code, stdout, stderr };
}

async function status(): Promise<StackDescription> {
  return JSON.parse((await receta('status', '--json')).stdout);
}

function livingPids({ parts, supervisor }: StackDescription): number[] {
  return [supervisor, ...parts.map(({ pid }) => pid)].flatMap((pid) =>
    pid !== null && readProcessIdentity(pid) !== null ? [pid] : [],
  );
}

test('the API and the worker of a stack serve, and `down` leaves no process', async () => {
  const running = await status();

  expect(running.state).toBe('ready');
  expect(running.parts.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'temporal ready',
    'minio ready',
    'api ready',
    'worker ready',
  ]);
  expect((await fetch(`${running.apiUrl}/readyz`)).status).toBe(200);
  expect((await fetch(`${running.temporalUiUrl}`)).status).toBe(200);
  expect(livingPids(running)).toHaveLength(5);

  await receta('down');
  expect(livingPids(running)).toEqual([]);
  expect((await status()).state).toBe('stopped');
});

test('a second `up` in the folder names the owner and ends with exit code 5', async () => {
  const { supervisor } = await status();

  for (const args of [['up'], ['up', '--detach']]) {
    const { code, stderr } = await receta(...args);
    expect(code).toBe(5);
    expect(stderr).toContain(`belongs to the stack of process ${supervisor}`);
  }
});

test('kill -9 of the supervisor takes everything with it, and the next `up` works', async () => {
  const killed = await status();
  process.kill(killed.supervisor ?? 0, 'SIGKILL');
  await vi.waitUntil(() => livingPids(killed).length === 0, { timeout: 10_000 });

  expect((await status()).state).toBe('crashed');
  const { code, stderr } = await receta('up', '--detach');
  expect(code, stderr).toBe(0);
  expect((await status()).apiUrl).toBe(killed.apiUrl);
});

test('a killed worker is replaced', async () => {
  const before = (await status()).parts.find(({ name }) => name === 'worker');
  process.kill(before?.pid ?? 0, 'SIGKILL');

  await vi.waitUntil(
    async () => {
      const worker = (await status()).parts.find(({ name }) => name === 'worker');
      return worker?.state === 'ready' && worker.restarts === 1 && worker.pid !== before?.pid;
    },
    { timeout: 60_000, interval: 500 },
  );
});
