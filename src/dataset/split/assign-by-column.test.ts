import { expect, test } from 'vitest';
import type { SplitPlan } from '../../contract/pipeline-plan.js';
import { failureOf, placesOf, split } from './testdata/split-in-process.js';

const columnSplit = {
  type: 'column',
  column: 'part',
  values: { train: ['train'], validation: ['validation'], test: ['test'] },
} as const satisfies SplitPlan;

const parts = `CASE WHEN i % 5 = 0 THEN 'test' WHEN i % 5 = 1 THEN 'validation' ELSE 'train' END`;
const rowsOf = (part: string): string =>
  `SELECT i AS id, ${part} AS part, i % 2 AS label FROM range(100) AS r(i)`;

test('the column says where each row goes', async () => {
  const places = placesOf(await split(rowsOf(parts), columnSplit));
  for (let id = 0; id < 100; id += 1) {
    expect(places.get(String(id))).toBe(id % 5 === 0 ? 'test' : id % 5 === 1 ? '0' : '-1');
  }
});

test.each([
  [
    'numbers',
    '2015.0 + i % 5',
    { train: ['2017', '2018', '2019'], validation: ['2016'], test: ['2015'] },
  ],
  [
    'booleans and texts',
    "CASE WHEN i % 5 = 0 THEN 'true' WHEN i % 5 = 1 THEN '' ELSE 'false' END",
    { train: ['false'], validation: [''], test: ['true'] },
  ],
])('values of %s are mapped', async (_, part, values) => {
  const outcome = await split(rowsOf(part), { ...columnSplit, values });
  expect(outcome.folds).toEqual([{ train: 60, validation: 20 }]);
  expect(outcome.testRows).toBe(20);
});

test('unknown values are refused with their counts', async () => {
  const error = await failureOf(
    split(
      rowsOf(`CASE WHEN i < 3 THEN 'trian' WHEN i < 5 THEN NULL ELSE ${parts} END`),
      columnSplit,
    ),
  );
  expect(error).toMatchObject({ code: 'dataset-invalid', problems: [{ path: 'split.values' }] });
  expect(error.message).toContain(
    "the column 'part' holds 'trian' (3 rows), no value (2 rows), which means no part; known are 'train' (train)",
  );
});

test('a part without rows is refused and the remedy told', async () => {
  const error = await failureOf(
    split(rowsOf("CASE WHEN i % 5 = 0 THEN 'test' ELSE 'train' END"), columnSplit),
  );
  expect(error).toMatchObject({ problems: [{ path: 'split.values.validation' }] });
  expect(error.message).toContain(
    "no row with a target is of the validation part, since 'part' is nowhere 'validation'",
  );
});

test('an absent column is refused with the columns that are there', async () => {
  const error = await failureOf(split(rowsOf(parts), { ...columnSplit, column: 'side' }));
  expect(error).toMatchObject({ code: 'dataset-invalid', problems: [{ path: 'split.column' }] });
  expect(error.message).toContain('Its columns are id, part, label');
});
