import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import type { RecetaError } from '../contract/errors.js';
import { readProcessStartTime } from './process-start-time.js';
import { type ChildOptions, runChild } from './run-child.js';

const entry = fileURLToPath(new URL('./testdata/child.mjs', import.meta.url));

interface TestJob {
  readonly behavior: string;
  readonly [parameter: string]: unknown;
}

function run<Result>(
  job: TestJob,
  options: Partial<ChildOptions<TestJob, Record<string, unknown>>> = {},
): Promise<Result> {
  return runChild({
    entry,
    label: 'The test child',
    job,
    memoryLimitBytes: 2 ** 30,
    deadlineMs: 15_000,
    settingPrefix: 'RECETA_TEST',
    ...options,
  });
}

async function failureOf(promise: Promise<unknown>): Promise<RecetaError> {
  return promise.then(
    () => Promise.reject(new Error('it was meant to fail')),
    (error: RecetaError) => error,
  );
}

/** Runs a job that reports a pid and never ends; resolves when the pid is known. */
async function runUntilReported(
  behavior: string,
  options: Partial<ChildOptions<TestJob, Record<string, unknown>>> = {},
): Promise<{ pid: number; ended: Promise<unknown> }> {
  let ended: Promise<unknown> = Promise.resolve();
  const pid = await new Promise<number>((resolve) => {
    ended = failureOf(
      run({ behavior }, { ...options, onMessage: (message) => resolve(Number(message.pid)) }),
    );
  });
  return { pid, ended };
}

const untilGone = (pid: number): Promise<void> =>
  vi.waitFor(() => expect(readProcessStartTime(pid)).toBeNull(), { timeout: 5_000 });

test('a child gets its job and its result comes back', async () => {
  expect(await run({ behavior: 'double', value: 21 })).toBe(42);
});

test('typed arrays pass in both directions', async () => {
  const bytes = await run({ behavior: 'echo-bytes', bytes: new Uint8Array([1, 2, 254]) });
  expect(bytes).toEqual(new Uint8Array([2, 3, 255]));
});

test('messages arrive in order and before the result', async () => {
  const numbers: unknown[] = [];
  const onMessage = (message: Record<string, unknown>): void => void numbers.push(message.number);
  expect(await run({ behavior: 'count', upTo: 100 }, { onMessage })).toBe('counted');
  expect(numbers).toEqual(Array.from({ length: 100 }, (_, number) => number));
});

test('a child sees a minimal environment and what is named for it, nothing else', async () => {
  const { env } = await run<{ env: Record<string, string> }>(
    { behavior: 'describe' },
    { env: { TF_CPP_MIN_LOG_LEVEL: '3' } },
  );
  expect(env).toMatchObject({ TZ: 'UTC', LANG: 'C.UTF-8', TF_CPP_MIN_LOG_LEVEL: '3' });
  expect(Object.keys(env).sort()).toEqual(['LANG', 'PATH', 'TF_CPP_MIN_LOG_LEVEL', 'TZ']);
});

test('a typed error of the job arrives with code, message and problems', async () => {
  const error = await failureOf(run({ behavior: 'fail-typed' }));
  expect(error).toMatchObject({
    name: 'RecetaError',
    code: 'sql-invalid',
    message: 'The SQL is wrong.',
  });
  expect(error.problems).toEqual([{ message: 'near "FORM"', line: 3, column: 7 }]);
});

test('an unexpected error of the job is internal and keeps its stack out of the message', async () => {
  const error = await failureOf(run({ behavior: 'fail-unexpected' }));
  expect(error.code).toBe('internal');
  expect(error.message).toBe('The test child failed: cannot read it');
  expect((error.cause as Error).stack).toContain('child.mjs');
});

test('a child that exits without an answer is child-crashed with its last twenty lines', async () => {
  const error = await failureOf(run({ behavior: 'exit', code: 3 }));
  expect(error.code).toBe('child-crashed');
  expect(error.message).toContain('ended with exit code 3');
  expect(error.message).toContain('line 21\n');
  expect(error.message.endsWith('line 40')).toBe(true);
  expect(error.message).not.toContain('line 20\n');
});

test('a child killed from outside is child-crashed and names the signal', async () => {
  for (const signal of ['SIGSEGV', 'SIGKILL']) {
    const error = await failureOf(run({ behavior: 'die-by', signal }));
    expect(error.code).toBe('child-crashed');
    expect(error.message).toContain(`died by ${signal}`);
  }
});

test('a child above its memory limit is killed and the error names the limit', async () => {
  const error = await failureOf(
    run({ behavior: 'allocate-without-end' }, { memoryLimitBytes: 200 * 2 ** 20 }),
  );
  expect(error.code).toBe('memory-limit-exceeded');
  expect(error.message).toContain('limit of 200 MiB');
});

test('a child past its deadline is ended, also when its thread is blocked', async () => {
  const { pid, ended } = await runUntilReported('block-thread', { deadlineMs: 1_000 });
  const error = (await ended) as RecetaError;
  expect(error.code).toBe('deadline-exceeded');
  expect(error.message).toContain('deadline of 1 s');
  expect(readProcessStartTime(pid)).toBeNull();
});

test('an abort ends the child and rejects with the reason of the signal', async () => {
  const controller = new AbortController();
  const { pid, ended } = await runUntilReported('wait', { signal: controller.signal });
  const reason = new Error('the run was cancelled');
  controller.abort(reason);
  expect(await ended).toBe(reason);
  expect(readProcessStartTime(pid)).toBeNull();
});

test('a child that ignores TERM is killed after the grace', async () => {
  const controller = new AbortController();
  const { pid, ended } = await runUntilReported('wait-deaf-to-term', { signal: controller.signal });
  controller.abort(new Error('cancelled'));
  await ended;
  expect(readProcessStartTime(pid)).toBeNull();
});

test('a signal that is aborted already starts no child', async () => {
  const onMessage = vi.fn();
  const reason = new Error('too late');
  const signal = AbortSignal.abort(reason);
  expect(await failureOf(run({ behavior: 'count', upTo: 1 }, { signal, onMessage }))).toBe(reason);
  expect(onMessage).not.toHaveBeenCalled();
});

test('a child that does not exit after its answer is killed and the answer counts', async () => {
  expect(await run({ behavior: 'linger-after-result' })).toBe('answered');
});

test('what the child started ends with it', async () => {
  const controller = new AbortController();
  const { pid, ended } = await runUntilReported('start-grandchild', { signal: controller.signal });
  controller.abort(new Error('cancelled'));
  await ended;
  await untilGone(pid);
});

test('an error thrown by the message listener ends the child and is passed on', async () => {
  const onMessage = (): void => {
    throw new Error('the listener failed');
  };
  const error = await failureOf(run({ behavior: 'wait' }, { onMessage }));
  expect(error.message).toBe('the listener failed');
});

test('an entry that does not exist is child-crashed', async () => {
  const error = await failureOf(run({ behavior: 'wait' }, { entry: '/nowhere/child.mjs' }));
  expect(error.code).toBe('child-crashed');
  expect(error.message).toContain('Cannot find module');
});

test('a child kills itself when its parent closes the channel', async () => {
  const child = spawn(process.execPath, [entry], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  child.send({ kind: 'job', job: { behavior: 'wait' } });
  await once(child, 'message');
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
});
