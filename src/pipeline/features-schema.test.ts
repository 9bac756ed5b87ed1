import { expect, test } from 'vitest';
import { parsePipelineObject } from './parse-pipeline-object.js';
import { problemsOf, smallest } from './testdata/problems-of.js';
import { toFeaturePlan } from './to-feature-plan.js';

function planOf(parts: Readonly<Record<string, unknown>>) {
  return toFeaturePlan(parsePipelineObject({ name: 'p', target: 'y', source: 'a.csv', ...parts }));
}

test('nothing said leaves every role, kind and option to the data', () => {
  expect(planOf({})).toEqual({ defaults: {}, columns: {}, target: { transform: 'auto' } });
});

test('ignore is short for the role ignored', () => {
  const features = { columns: { b: { role: 'ignored' }, c: { kind: 'category', maxLevels: 3 } } };

  expect(planOf({ ignore: ['a', 'b'], features }).columns).toEqual({
    a: { role: 'ignored', options: {} },
    b: { role: 'ignored', options: {} },
    c: { kind: 'category', options: { maxLevels: 3 } },
  });
});

test('the column that says the part of a row is no feature, unless it is said to be one', () => {
  const split = { column: 'part' };

  expect(planOf({ split }).columns).toEqual({ part: { role: 'ignored', options: {} } });
  expect(planOf({ split, features: { columns: { part: { role: 'key' } } } }).columns).toEqual({
    part: { role: 'key', options: {} },
  });
});

test.each([
  [
    'features: {defaults: {numbers: {}}}',
    '4:23 features.defaults.numbers is not a known key; did you mean features.defaults.number?',
  ],
  [
    'features: {defaults: {number: {encode: target}}}',
    '4:32 features.defaults.number.encode is not a known key; did you mean features.defaults.category.encode or features.columns.<column>.encode?',
  ],
  [
    'features: {defaults: {number: {clip: 0.5}}}',
    '4:38 features.defaults.number.clip is 0.5, wanted a share from 0 to below 0.5',
  ],
  [
    'features: {columns: {a: {role: target}}}',
    '4:32 features.columns.a.role is "target", wanted feature, ignored, key, group, time, weight; the key `target` names the target',
  ],
  [
    'features: {columns: {a: {kind: category, scale: none}}}',
    '4:49 features.columns.a.scale belongs to the kind number, and the column is category; the options of category are impute, indicator, encode, oneHotLevels, many, pairs, minRows, maxLevels',
  ],
  [
    'features: {columns: {a: {encode: target, scale: none}}}',
    '4:34 features.columns.a.encode belongs to the kind category, and other options of the column to number; a column is of one kind',
  ],
  [
    'features: {columns: {a: {kind: number, impute: level}}}',
    '4:48 features.columns.a.impute is "level", wanted mean, median, most-frequent, none or a number for the kind number',
  ],
  [
    'features: {columns: {a: {scale: none, impute: level}}}',
    '4:47 features.columns.a.impute is "level", wanted mean, median, most-frequent, none or a number for the kind number',
  ],
  [
    'features: {columns: {a: {role: key, kind: number}}}',
    '4:43 features.columns.a.kind has no meaning for the role key; leave it out',
  ],
  [
    'features: {columns: {a: {role: time, kind: category}}}',
    '4:44 features.columns.a.kind is category, wanted datetime or number, since the column is the time',
  ],
  [
    'features: {columns: {a: {role: time}, b: {role: time}}}',
    '4:49 features.columns.b.role is time, and so is that of a; one column can have it',
  ],
  [
    'features: {columns: {species: {kind: number}}}',
    '4:31 features.columns.species is the target and no feature; how it is learned is said in features.target and task',
  ],
  [
    'ignore: [a]\nfeatures: {columns: {a: {role: key}}}',
    '4:10 ignore[0] is "a", to which features.columns gives the role key; say one of the two',
  ],
  [
    'ignore: [a]\nfeatures: {columns: {a: {scale: none}}}',
    '4:10 ignore[0] is "a", to which features.columns gives options; say one of the two',
  ],
  [
    'derive: {species: a}',
    '4:19 derive.species is the target, which nothing can compute when predicting; make it in transform',
  ],
  [
    'ignore: [a]\nderive: {a: b}',
    '5:13 derive.a is computed only to be ignored; leave one of the two out',
  ],
  [
    'derive: {a: b, A: c}',
    '4:19 derive.A differs from a in upper and lower case only, which SQL does not tell apart',
  ],
  [
    'task: classification\nfeatures: {target: {transform: log}}',
    '5:32 features.target.transform is log, which is for numbers, and the task is classification',
  ],
])('a role or option that contradicts another is refused: %j', (rest, problem) => {
  expect(problemsOf(smallest + rest)).toEqual([problem]);
});
