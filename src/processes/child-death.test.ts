import { expect, test } from 'vitest';
import { type ChildDeath, toDeathError } from './child-death.js';

const death: ChildDeath = {
  label: 'The SQL process',
  exitCode: null,
  signal: 'SIGKILL',
  stderrTail: '',
  memoryLimitBytes: 512 * 2 ** 20,
  peakBytes: 100 * 2 ** 20,
  oomKilled: false,
};

test('a kill without a sign of memory pressure is a crash', () => {
  expect(toDeathError(death)).toMatchObject({
    code: 'child-crashed',
    message: 'The SQL process died by SIGKILL before it had a result.',
  });
});

test.each([
  ['the kernel killed for memory', { oomKilled: true }],
  ['the child was close below its limit', { peakBytes: 500 * 2 ** 20 }],
  [
    'V8 gave up',
    { signal: 'SIGABRT' as const, stderrTail: 'FATAL ERROR: JavaScript heap out of memory' },
  ],
])('a death is a memory limit when %s', (_why, change) => {
  const error = toDeathError({ ...death, ...change });
  expect(error.code).toBe('memory-limit-exceeded');
  expect(error.message).toContain('limit of 512 MB');
});

test('another signal near the limit is still a crash', () => {
  const error = toDeathError({ ...death, signal: 'SIGSEGV', peakBytes: 511 * 2 ** 20 });
  expect(error.code).toBe('child-crashed');
});
