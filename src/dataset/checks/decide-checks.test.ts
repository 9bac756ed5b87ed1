import { expect, test } from 'vitest';
import type { CheckResult } from './check-plan.js';
import { decideChecks, setsRowsAside } from './decide-checks.js';

const passed: CheckResult = {
  name: 'fare: range',
  column: 'fare',
  passed: true,
  onFail: 'stop',
  observed: '1 to 2',
  limit: 'at least 0',
  affectedRows: 0,
  samples: [],
  message: 'fare: range: holds',
};
const failed = { ...passed, passed: false, samples: ['row 3'], message: 'fare: range: too low' };

test('checks that hold mean nothing', () => {
  expect(decideChecks([passed, { ...passed, onFail: 'quarantine' }])).toEqual({
    error: null,
    warnings: [],
  });
  expect(setsRowsAside([passed, { ...passed, onFail: 'quarantine' }])).toBe(false);
});

test('every failed check that stops is a problem at its column, with samples', () => {
  const rows = { ...failed, column: null, samples: [], message: 'rows: too few' };
  const { error } = decideChecks([failed, passed, rows]);
  expect(error).toMatchObject({
    code: 'expectation-failed',
    message: expect.stringContaining('fare: range: too low (row 3) (and 1 more)'),
    problems: [
      { path: 'fare', message: 'fare: range: too low (row 3)' },
      { message: 'rows: too few' },
    ],
  });
});

test('the others are warnings, which say so where rows were set aside', () => {
  const aside = { ...failed, onFail: 'quarantine' } as const;
  expect(decideChecks([{ ...failed, onFail: 'warn' }, aside])).toEqual({
    error: null,
    warnings: ['fare: range: too low (row 3)', 'fare: range: too low (these rows were set aside)'],
  });
  expect(setsRowsAside([aside])).toBe(true);
});
