import { expect, test } from 'vitest';
import { type ChildDeath, toDeathError } from './child-death.js';

const death: ChildDeath = {
  label: 'The SQL process',
  exitCode: null,
  signal: 'SIGKILL',
  stderrTail: '',
  memoryLimitBytes: 512 * 2 ** 20,
  settingPrefix: 'RECETA_SQL',
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
  expect(error.message).toContain('limit of 512 MiB');
});

test('a crash tells the last words without their stack', () => {
  const stderrTail =
    'Error: no such thing\n    at open (node:fs:1:2)\n    at x.js:3:4\n\nNode.js v24';
  const error = toDeathError({ ...death, signal: null, exitCode: 1, stderrTail });
  expect(error.message).toBe(
    'The SQL process ended with exit code 1 before it had a result. Its last words:\n' +
      'Error: no such thing\n\nNode.js v24',
  );
});

test('another signal near the limit is still a crash', () => {
  const error = toDeathError({ ...death, signal: 'SIGSEGV', peakBytes: 511 * 2 ** 20 });
  expect(error.code).toBe('child-crashed');
});
