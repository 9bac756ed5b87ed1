import { expect, test } from 'vitest';
import { noExpectation } from '../../contract/no-expectation.js';
import type { ValidatePlan } from '../../contract/pipeline-plan.js';

import { findCheckedColumns, planResultChecks, planSourceChecks } from './plan-checks.js';

const nowMs = Date.parse('2026-11-23T12:00:00Z');
const fare = { ...noExpectation, min: 0 };
const id = { ...noExpectation, unique: true };
const duration = { ...noExpectation, max: 7200 };
const validate: ValidatePlan = {
  rows: { min: 10, max: null, onFail: 'stop' },
  columns: { fare, id, duration },
  freshness: { column: 'pickup', maxAgeMs: 1000, onFail: 'warn' },
  leakage: 'stop',
};

test('a source keeps what is said of the columns that it has', () => {
  expect(planSourceChecks(validate, ['id', 'fare', 'pickup'], nowMs)).toEqual({
    rows: null,
    columns: { fare, id },
    freshness: { column: 'pickup', maxAgeMs: 1000, nowMs, onFail: 'warn' },
    keys: ['id'],
  });
  expect(planSourceChecks(validate, ['zone'], nowMs)).toEqual({
    rows: null,
    columns: {},
    freshness: null,
    keys: [],
  });
});

test('the columns checked in sources include that of freshness, once', () => {
  expect(findCheckedColumns(validate, ['pickup', 'zone', 'fare'])).toEqual(['pickup', 'fare']);
  const ofFare = {
    ...validate,
    freshness: { column: 'fare', maxAgeMs: 1, onFail: 'warn' },
  } as const;
  expect(findCheckedColumns(ofFare, ['fare'])).toEqual(['fare']);
});

test('the result keeps the rest and the number of rows', () => {
  const checked = findCheckedColumns(validate, ['id', 'fare', 'pickup']);
  expect(planResultChecks(validate, checked, ['id', 'duration'], nowMs)).toEqual({
    rows: validate.rows,
    columns: { duration },
    freshness: null,
    keys: [],
  });
});

test('freshness of a column that only the result has is checked there', () => {
  const plan = planResultChecks(validate, ['fare', 'id'], ['pickup', 'duration'], nowMs);
  expect(plan.freshness).toMatchObject({ column: 'pickup', nowMs });
});

test('a column that neither a source nor the result has is an error with the columns there are', () => {
  expect(() => planResultChecks(validate, ['fare'], ['a', 'b', 'id'], nowMs)).toThrowError(
    expect.objectContaining({
      code: 'dataset-invalid',
      message: expect.stringMatching(/'duration', 'pickup'.*a, b, id\./),
      problems: [
        { path: 'validate.columns.duration', message: "no column 'duration'" },
        { path: 'validate.freshness.column', message: "no column 'pickup'" },
      ],
    }),
  );
});

test('a sensitive column stays so in the result, without being checked twice', () => {
  const secret = { ...noExpectation, unique: true, sensitive: true };
  const withSecret = { ...validate, columns: { secret }, freshness: null };
  const plan = planResultChecks(withSecret, ['secret'], ['secret', 'y'], nowMs);
  expect(plan.columns).toEqual({ secret: { ...noExpectation, sensitive: true } });
  expect(planResultChecks(withSecret, ['secret'], ['y'], nowMs).columns).toEqual({});
  expect(planSourceChecks(withSecret, ['secret'], nowMs).keys).toEqual([]);
});
