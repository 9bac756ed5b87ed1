import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProcessRegistry } from './process-registry.js';
import { readProcessStartTime } from './process-start-time.js';

const childEntry = fileURLToPath(new URL('./testdata/child.mjs', import.meta.url));
const parentEntry = fileURLToPath(new URL('./testdata/parent.mjs', import.meta.url));

let folder: string;
let registry: ProcessRegistry;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-registry-'));
  registry = new ProcessRegistry(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const isAlive = (pid: number): boolean => readProcessStartTime(pid) !== null;

/** Starts a small worker with one child of the given behavior. */
async function startWorker(behavior: string): Promise<{ kill(): Promise<void>; childPid: number }> {
  const worker = spawn(process.execPath, [parentEntry, childEntry, behavior, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(worker.stdout, 'data')) as [Buffer];
  const kill = async (): Promise<void> => {
    const exited = once(worker, 'exit');
    worker.kill('SIGKILL');
    await exited;
  };
  return { kill, childPid: Number(line.toString()) };
}

/** A process in a group of its own that nobody ends, recorded as a child of a dead parent. */
async function leaveOrphan(): Promise<number> {
  const sleeper = spawn('/bin/sleep', ['600'], { detached: true, stdio: 'ignore' });
  await registry.record({ pid: sleeper.pid ?? 0, label: 'sleeper' });
  await changeRecord(sleeper.pid ?? 0, { parent: { pid: 2 ** 22, startTime: 1 } });
  return sleeper.pid ?? 0;
}

async function changeRecord(pid: number, change: Record<string, unknown>): Promise<void> {
  const path = join(folder, `${pid}.json`);
  const record = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  await writeFile(path, JSON.stringify({ ...record, ...change }));
}

test.each(['wait', 'block-thread'])(
  'a child (%s) ends by itself when its worker is killed',
  async (behavior) => {
    const worker = await startWorker(behavior);
    expect(isAlive(worker.childPid)).toBe(true);
    await worker.kill();
    await vi.waitFor(() => expect(isAlive(worker.childPid)).toBe(false), { timeout: 1_000 });
  },
);

test('a child is recorded while it lives, and the next worker forgets a dead one', async () => {
  const worker = await startWorker('wait');
  expect(await readdir(folder)).toEqual([`${worker.childPid}.json`]);
  await worker.kill();
  await vi.waitFor(() => expect(isAlive(worker.childPid)).toBe(false), { timeout: 1_000 });
  expect(await registry.killOrphans()).toBe(0);
  expect(await readdir(folder)).toEqual([]);
});

test('an orphan is killed and forgotten', async () => {
  const pid = await leaveOrphan();
  expect(await registry.killOrphans()).toBe(1);
  expect(isAlive(pid)).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

test('a child of a living worker is left alone', async () => {
  const worker = await startWorker('wait');
  expect(await registry.killOrphans()).toBe(0);
  expect(isAlive(worker.childPid)).toBe(true);
  expect(await readdir(folder)).toHaveLength(1);
  await worker.kill();
});

test.each([
  ['start time', { startTime: 1 }],
  ['boot', { bootId: 'an earlier boot' }],
])('a process with the same pid but another %s is not killed', async (_what, change) => {
  const pid = await leaveOrphan();
  await changeRecord(pid, change);
  expect(await registry.killOrphans()).toBe(0);
  expect(isAlive(pid)).toBe(true);
  expect(await readdir(folder)).toEqual([]);
  process.kill(pid, 'SIGKILL');
});

test('a process that is gone already is not recorded', async () => {
  await registry.record({ pid: 2 ** 22, label: 'nobody' });
  expect(await readdir(folder)).toEqual([]);
});

test('a folder that does not exist has no orphans', async () => {
  expect(await new ProcessRegistry(join(folder, 'absent')).killOrphans()).toBe(0);
});

test('a record that cannot be read is passed over', async () => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '77.json'), '{"pid":');
  expect(await registry.killOrphans()).toBe(0);
});
