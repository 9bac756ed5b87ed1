import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { ChildPool, type ChildPoolOptions } from './child-pool.js';
import { readProcessStartTime } from './process-start-time.js';
import { type ChildOptions, runChild } from './run-child.js';

const entry = fileURLToPath(new URL('./testdata/child.mjs', import.meta.url));

interface TestJob {
  readonly behavior: string;
}

const pools: ChildPool[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

function createPool(options: ChildPoolOptions = {}): ChildPool {
  const pool = new ChildPool(options);
  pools.push(pool);
  return pool;
}

type Options = Partial<ChildOptions<TestJob, { readonly pid: number }>>;

/** Runs a job in a pool whose children go on; answers the pid of its child. */
async function pidOf(pool: ChildPool, options: Options = {}): Promise<number> {
  const { pid } = await runChild<TestJob, { readonly pid: number }, { readonly pid: number }>({
    ...{ entry, label: 'The test child', job: { behavior: 'describe' } },
    ...{ memoryLimitBytes: 2 ** 30, deadlineMs: 15_000, settingPrefix: 'RECETA_TEST' },
    ...{ pool, afterwards: 'keep' },
    ...options,
  });
  return pid;
}

/** In ticks since the machine started. */
const startOf = (pid: number): number => readProcessStartTime(pid) ?? Number.NaN;
const isAlive = (pid: number): boolean => readProcessStartTime(pid) !== null;
const untilGone = (pid: number): Promise<void> =>
  vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 });

test('a child does job after job', async () => {
  const pool = createPool();
  const pid = await pidOf(pool);
  expect(isAlive(pid)).toBe(true);
  expect(await pidOf(pool)).toBe(pid);
  expect(await pidOf(pool)).toBe(pid);
});

test('jobs at the same time have children of their own, which all wait afterwards', async () => {
  const pool = createPool();
  const pids = await Promise.all([pidOf(pool), pidOf(pool)]);
  expect(new Set(pids).size).toBe(2);
  const again = await Promise.all([pidOf(pool), pidOf(pool)]);
  expect(new Set(again)).toEqual(new Set(pids));
});

test.each<[string, Options]>([
  ['another environment', { env: { LANG: 'C' } }],
  ['another limit', { memoryLimitBytes: 2 ** 29 }],
  ['another library', { library: 'other' }],
])('a job with %s gets another child', async (_name, options) => {
  const pool = createPool();
  const pid = await pidOf(pool);
  expect(await pidOf(pool, options)).not.toBe(pid);
  expect(await pidOf(pool)).toBe(pid);
});

test('a child whose job failed does no other', async () => {
  const pool = createPool();
  const pid = await pidOf(pool);
  await expect(pidOf(pool, { job: { behavior: 'fail-typed' } })).rejects.toThrow(
    'The SQL is wrong',
  );
  expect(isAlive(pid)).toBe(false);
  expect(await pidOf(pool)).not.toBe(pid);
});

test.each(['abort', 'deadline'])('a child whose job ended by %s is gone', async (how) => {
  const pool = createPool();
  const pid = await pidOf(pool);
  const controller = new AbortController();
  const ended = pidOf(pool, {
    job: { behavior: 'block-thread' },
    signal: controller.signal,
    ...(how === 'deadline' ? { deadlineMs: 500 } : {}),
    onMessage: (message) => {
      expect(message.pid).toBe(pid);
      if (how === 'abort') controller.abort(new Error('cancelled'));
    },
  });
  await expect(ended).rejects.toThrow(how === 'abort' ? 'cancelled' : 'deadline of 0.5 s');
  expect(isAlive(pid)).toBe(false);
});

test('after a failure no child waits, neither one that was left nor one that was started ahead', async () => {
  const pool = createPool();
  const [first, second] = await Promise.all([pidOf(pool), pidOf(pool)]);
  await expect(
    pidOf(pool, { job: { behavior: 'fail-typed' }, afterwards: 'replace' }),
  ).rejects.toThrow('The SQL is wrong');
  expect([first, second].filter(isAlive)).toEqual([]);
  const later = await pidOf(createPool());
  expect(startOf(await pidOf(pool))).toBeGreaterThanOrEqual(startOf(later));
});

test('a child that died while it waited gets no job', async () => {
  const pool = createPool();
  const pid = await pidOf(pool);
  process.kill(pid, 'SIGKILL');
  await untilGone(pid);
  expect(await pidOf(pool)).not.toBe(pid);
});

test('a child that waits too long is ended', async () => {
  const pool = createPool({ idleMs: 50 });
  await untilGone(await pidOf(pool));
});

test('a child that holds much memory is ended after its job', async () => {
  const pid = await pidOf(createPool({ keepBelowBytes: 2 ** 20 }));
  expect(isAlive(pid)).toBe(false);
});

test('of too many that wait, the one that waits longest is ended', async () => {
  const pool = createPool({ mostIdle: 1 });
  const first = await pidOf(pool);
  const second = await pidOf(pool, { library: 'other' });
  await untilGone(first);
  expect(await pidOf(pool, { library: 'other' })).toBe(second);
});

test('a replaced child ends, and the next job finds one that was started before', async () => {
  const pool = createPool();
  const first = await pidOf(pool, { afterwards: 'replace' });
  expect(isAlive(first)).toBe(false);
  const later = await pidOf(createPool());
  const second = await pidOf(pool);
  expect(second).not.toBe(first);
  expect(startOf(second)).toBeLessThanOrEqual(startOf(later));
});

test('a closed pool has ended its children and keeps none', async () => {
  const pool = createPool();
  const pid = await pidOf(pool);
  await pool.close();
  expect(isAlive(pid)).toBe(false);
  await untilGone(await pidOf(pool));
});
