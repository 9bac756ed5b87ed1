import { expect, test } from 'vitest';
import { waitUntilReady } from './wait-until-ready.js';

const never = () => Promise.reject(new Error('connection refused'));

test('a check is repeated until it succeeds', async () => {
  let calls = 0;
  const check = () => (++calls < 3 ? never() : Promise.resolve());
  const { signal } = new AbortController();
  await waitUntilReady({ name: 'part', check, deadlineMs: 60_000, signal, pollMs: 1 });

  expect(calls).toBe(3);
});

test('past the deadline the last finding is told', async () => {
  const { signal } = new AbortController();

  await expect(
    waitUntilReady({ name: 'minio', check: never, deadlineMs: 5, signal, pollMs: 1 }),
  ).rejects.toMatchObject({
    code: 'stack-failed',
    message: 'minio was not ready after 0.005 s: connection refused.',
  });
});

test('an abort ends the wait with its reason', async () => {
  const controller = new AbortController();
  const waiting = waitUntilReady({
    name: 'part',
    check: never,
    deadlineMs: 60_000,
    signal: controller.signal,
  });
  controller.abort(new Error('stopped'));

  await expect(waiting).rejects.toThrow('stopped');
});
