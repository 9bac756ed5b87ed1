import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { describeStack, type StackDescription } from '../../src/local/describe-stack.js';
import { stopStack } from '../../src/local/stop-stack.js';
import { readProcessIdentity } from '../../src/processes/process-identity.js';
import { externalEnvironment, partChildPath } from './fixtures/local/start-fixture-stack.js';

const supervisorPath = fileURLToPath(new URL('./fixtures/local/supervisor.mjs', import.meta.url));

let stateDir: string;
const supervisors: ChildProcess[] = [];

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'receta-supervisor-'));
});

afterEach(async () => {
  for (const supervisor of supervisors.splice(0)) supervisor.kill('SIGKILL');
  await stopStack({ stateDir });
  await rm(stateDir, { recursive: true, force: true });
});

function startSupervisor(env: Record<string, string> = {}): ChildProcess {
  const supervisor = spawn(process.execPath, [supervisorPath, stateDir, partChildPath], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  supervisors.push(supervisor);
  return supervisor;
}

async function startReady(env: Record<string, string> = {}): Promise<ChildProcess> {
  const supervisor = startSupervisor(env);
  if (supervisor.stdout === null) throw new Error('the supervisor has no output');
  await once(supervisor.stdout, 'data');
  return supervisor;
}

async function describe(): Promise<StackDescription> {
  return await describeStack({ stateDir, nowMs: Date.now() });
}

async function partPids(): Promise<number[]> {
  return (await describe()).parts.flatMap(({ pid }) => pid ?? []);
}

/** Signals are about the supervisor; servers that run already make these tests quick. */
function useSharedServers(): Record<string, string> {
  return externalEnvironment(inject('temporalAddress'), inject('minio'), 'local-supervisor');
}

function isGone(pid: number): boolean {
  return readProcessIdentity(pid) === null;
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s stops everything and the supervisor ends well',
  async (signal) => {
    const supervisor = await startReady(useSharedServers());
    const pids = await partPids();
    expect(pids).toHaveLength(2);

    supervisor.kill(signal);
    const [code] = await once(supervisor, 'exit');

    expect(code).toBe(0);
    expect(pids.filter((pid) => !isGone(pid))).toEqual([]);
    expect((await describe()).state).toBe('stopped');
  },
);

test('a signal during the start stops what was started', async () => {
  const supervisor = startSupervisor();
  await vi.waitUntil(async () => (await partPids()).length > 0, { timeout: 20_000 });
  const pids = await partPids();

  supervisor.kill('SIGTERM');
  const [code] = await once(supervisor, 'exit');

  expect(code).toBe(0);
  expect(pids.filter((pid) => !isGone(pid))).toEqual([]);
});

test('kill -9 of the supervisor leaves no process, and the next start finds a free folder', async () => {
  const supervisor = await startReady();
  const pids = await partPids();

  supervisor.kill('SIGKILL');
  await once(supervisor, 'exit');

  await vi.waitUntil(() => pids.every(isGone), { timeout: 5_000 });
  expect((await describe()).state).toBe('crashed');
  await startReady(useSharedServers());
  expect((await describe()).state).toBe('ready');
});

test('another process stops the stack by its folder', async () => {
  const supervisor = await startReady(useSharedServers());
  const pids = await partPids();

  const result = await stopStack({ stateDir });

  expect(result).toEqual({ supervisor: supervisor.pid, orphans: 0 });
  expect(pids.filter((pid) => !isGone(pid))).toEqual([]);
  expect(await stopStack({ stateDir })).toEqual({ supervisor: null, orphans: 0 });
});
