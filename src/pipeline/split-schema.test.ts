import { expect, test } from 'vitest';
import { parsePipelineObject } from './parse-pipeline-object.js';
import { problemsOf, smallest } from './testdata/problems-of.js';
import { toSplitPlan } from './to-split-plan.js';

const rows = { uri: 's3://receta/x', sha256: 'a'.repeat(64), sizeBytes: 2, mediaType: 'x' };
const fractions = { train: 0.64, validation: 0.16, test: 0.2 };

function planOf(split: unknown, columns: unknown = {}) {
  const features = { columns };
  const file = parsePipelineObject({ name: 'p', target: 'y', source: 'a.csv', split, features });
  return toSplitPlan(file, file.split.rows === undefined ? null : rows);
}

test('rows are divided by hash unless something else is said', () => {
  expect(planOf({})).toEqual({
    type: 'hash',
    ...fractions,
    seed: 0,
    key: [],
    stratify: false,
    folds: null,
  });
});

test('the type is known by the key that belongs to it', () => {
  expect(planOf({ by: 't', gap: '1d' })).toEqual({
    type: 'time',
    ...fractions,
    by: 't',
    gapMs: 86_400_000,
    folds: null,
  });
  expect(planOf({ column: 'part' })).toEqual({
    type: 'column',
    column: 'part',
    values: { train: ['train'], validation: ['validation'], test: ['test'] },
  });
  expect(planOf({ rows: { test: [1], validation: [0] } })).toEqual({
    type: 'fixed',
    ...fractions,
    seed: 0,
    stratify: false,
    rows,
  });
  expect(planOf({ type: 'fixed' })).toMatchObject({ type: 'fixed', rows: null });
});

test('the values of a column mean what they are said to mean, numbers too', () => {
  expect(
    planOf({ column: 'year', values: { train: [2017, 2018], validation: 2019, test: 2020 } }),
  ).toMatchObject({
    values: { train: ['2017', '2018'], validation: ['2019'], test: ['2020'] },
  });
});

test('keys and the time come from the roles of columns', () => {
  const columns = { id: { role: 'key' }, city: { role: 'group' }, at: { role: 'time' } };

  expect(planOf({}, columns)).toMatchObject({ type: 'hash', key: ['id', 'city'] });
  expect(planOf({ key: [] }, columns)).toMatchObject({ key: [] });
  expect(planOf({ type: 'time' }, columns)).toMatchObject({ type: 'time', by: 'at' });
});

test('folds share what is not in the test part', () => {
  const plan = planOf({ folds: 4 });

  expect(plan).toMatchObject({ folds: 4, test: 0.2 });
  expect('train' in plan && [plan.train, plan.validation]).toEqual([
    expect.closeTo(0.6, 12),
    expect.closeTo(0.2, 12),
  ]);
});

test.each([
  ['{folds: 1}', '4:16 split.folds is 1, wanted a whole number from 2 to 20'],
  [
    '{folds: 3, validation: 0.5}',
    '4:31 split.validation has no meaning beside folds, which deal out all rows that are not in the test part',
  ],
  [
    '{by: t, seed: 3}',
    '4:22 split.seed belongs to the type hash or fixed, and this split is of the type time',
  ],
  ['{gap: 1d}', '4:14 split.gap belongs to the type time, and this split is of the type hash'],
  [
    '{by: t, column: c}',
    '4:24 split.column belongs to the type column, and this split is of the type time',
  ],
  [
    '{by: t, gap: 1w}',
    '4:21 split.gap is "1w", wanted a duration such as 500ms, 90s, 15m, 12h or 2d',
  ],
  [
    '{type: time}',
    '4:8 split.by is missing, wanted the column with the time, or the role time for one in features.columns',
  ],
  ['{type: column}', '4:8 split.column is missing, wanted the column that says the part of a row'],
  ['{by: species}', '4:13 split.by is the target "species", wanted another column'],
  ['{key: [a, species]}', '4:18 split.key[1] is the target "species", wanted another column'],
  [
    '{column: c, values: {train: [a], test: [a]}}',
    '4:47 split.values.test names "a", which means train too',
  ],
  [
    '{column: c, values: {train: test}}',
    '4:36 split.values.train names "test", which means test too',
  ],
  [
    '{key: [a], stratify: true}',
    '4:29 split.stratify is true, and so is a key given: rows that share a stay together, whatever their class; drop one of the two',
  ],
  [
    '{rows: {test: [1, 2], validation: [2]}}',
    '4:43 split.rows.validation[0] is 2, which was named before; a row is in one part, once',
  ],
  [
    '{rows: {test: [-1], validation: [2]}}',
    '4:23 split.rows.test[0] is -1, wanted a row number, counted from 0',
  ],
  [
    '{rows: {test: [1]}}',
    '4:15 split.rows.validation is missing, wanted a list of row numbers, counted from 0',
  ],
  [
    '{rows: rows.json, test: 0.5}',
    '4:32 split.test has no meaning beside rows, which name every row',
  ],
])('a split that contradicts itself is refused: %s', (split, problem) => {
  expect(problemsOf(`${smallest}split: ${split}`)).toEqual([problem]);
});

test('classes cannot be divided evenly where rows of one group stay together', () => {
  const text = `${smallest}split: {stratify: true}\nfeatures: {columns: {id: {role: key}}}`;

  expect(problemsOf(text)).toEqual([
    '4:19 split.stratify is true, and rows that share id stay together, whatever their class; give key: [] to divide single rows',
  ]);
  expect(problemsOf(text.replace('true}', 'true, key: []}'))).toEqual([]);
});
