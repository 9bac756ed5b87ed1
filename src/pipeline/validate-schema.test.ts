import { expect, test } from 'vitest';
import { parsePipelineObject } from './parse-pipeline-object.js';
import { problemsOf, smallest } from './testdata/problems-of.js';
import { toValidatePlan } from './to-validate-plan.js';

function planOf(validate: unknown) {
  const file = parsePipelineObject({ name: 'p', target: 'y', source: 'a.csv', validate });
  return toValidatePlan(file.validate);
}

test('nothing said checks nothing but leakage', () => {
  expect(planOf({})).toEqual({
    rows: { min: null, max: null, onFail: 'stop' },
    columns: {},
    freshness: null,
    leakage: 'stop',
  });
});

test('a check takes over what is said for all of them', () => {
  const plan = planOf({
    onFail: 'quarantine',
    rows: { min: 10 },
    freshness: { column: 't', maxAge: '36h' },
    columns: { age: { min: 0 }, plan: { values: ['free', 1, true], onFail: 'warn' } },
  });

  expect(plan.columns.age).toEqual({
    type: null,
    maxNullFraction: null,
    min: 0,
    max: null,
    values: null,
    maxUnknownFraction: 0,
    unique: false,
    pattern: null,
    minClassFraction: null,
    sensitive: false,
    onFail: 'quarantine',
  });
  expect(plan.columns.plan).toMatchObject({ values: ['free', 1, true], onFail: 'warn' });
  // No rows can be set aside for a whole table.
  expect(plan.rows).toEqual({ min: 10, max: null, onFail: 'stop' });
  expect(plan.freshness).toEqual({ column: 't', maxAgeMs: 129_600_000, onFail: 'stop' });
});

test.each([
  ['{rows: {}}', '4:18 validate.rows needs min, max or both'],
  ['{rows: {min: 5, max: 3}}', '4:18 validate.rows has min 5 above max 3'],
  [
    '{rows: {min: 1, onFail: quarantine}}',
    '4:35 validate.rows.onFail is "quarantine", wanted stop or warn',
  ],
  [
    '{freshness: {column: t, maxAge: 3}}',
    '4:43 validate.freshness.maxAge is 3, wanted a duration such as 500ms, 90s, 15m, 12h or 2d',
  ],
  [
    '{freshness: {column: t, maxAge: 0s}}',
    '4:43 validate.freshness.maxAge is "0s", wanted a duration above 0',
  ],
  ['{columns: {a: {nulls: 5}}}', '4:33 validate.columns.a.nulls is 5, wanted a share from 0 to 1'],
  ['{columns: {a: {min: 2, max: 1}}}', '4:39 validate.columns.a.max is below min 2'],
  [
    '{columns: {a: {min: 2, max: 2026-01-01}}}',
    '4:39 validate.columns.a.max is of another type than min',
  ],
  [
    '{columns: {a: {min: tomorrow}}}',
    '4:31 validate.columns.a.min is "tomorrow", wanted a number, or a date or time such as 2026-01-31 or 2026-01-31T12:00:00Z',
  ],
  [
    '{columns: {a: {type: number, min: 2026-01-01}}}',
    '4:45 validate.columns.a.min is a date, and the type is number',
  ],
  [
    '{columns: {a: {type: text, max: 3}}}',
    '4:43 validate.columns.a.max has no meaning for the type text',
  ],
  [
    '{columns: {a: {unknown: 0.1}}}',
    '4:35 validate.columns.a.unknown says how many values may be missing from `values`, which is not given',
  ],
  [
    '{columns: {a: {values: []}}}',
    '4:34 validate.columns.a.values is an empty list, wanted a list of at least one value',
  ],
  [
    '{columns: {a: {type: integer, pattern: x}}}',
    '4:50 validate.columns.a.pattern is for texts, and the type is integer',
  ],
  [
    '{columns: {a: {pattern: "(?!x)"}}}',
    '4:35 validate.columns.a.pattern looks ahead or behind, which RE2 cannot',
  ],
  [
    '{columns: {a: {pattern: "(a"}}}',
    '4:35 validate.columns.a.pattern has a "(" that is not closed',
  ],
  [
    '{columns: {a: {minClassFraction: 0.1, onFail: quarantine}}}',
    '4:57 validate.columns.a.onFail sets rows aside, and no check here is about single rows; wanted stop or warn',
  ],
  ['{leakage: maybe}', '4:21 validate.leakage is "maybe", wanted stop, warn or off'],
])('an expectation that nothing can meet is refused: %s', (validate, problem) => {
  expect(problemsOf(`${smallest}validate: ${validate}`)).toEqual([problem]);
});

test.each(['[A-Z]{2}[0-9]+', '[](]+', '\\(\\d+\\)', '(?i)a|b', '(?:x(y))', '[[:alpha:](]'])(
  'a pattern that RE2 knows is taken: %s',
  (pattern) => {
    expect(planOf({ columns: { a: { pattern } } }).columns.a?.pattern).toBe(pattern);
  },
);
