import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SplitPlan } from '../../contract/pipeline-plan.js';
import { allotExactly } from './allot-exactly.js';
import { failureOf, foldOf, placesOf, split } from './testdata/split-in-process.js';

const fixedSplit = {
  type: 'fixed',
  train: 0.64,
  validation: 0.16,
  test: 0.2,
  seed: 0,
  stratify: false,
  rows: null,
} as const satisfies SplitPlan;

const rowsOf = (count: number): string =>
  `SELECT i AS id, CASE WHEN i % 10 = 0 THEN 'rare' ELSE 'usual' END AS label FROM range(${count}) AS r(i)`;

test('fractions are exact, and another seed shuffles otherwise', async () => {
  const first = await split(rowsOf(250), fixedSplit);
  expect(first.folds).toEqual([{ train: 160, validation: 40 }]);
  expect(first.testRows).toBe(50);
  const other = await split(rowsOf(250), { ...fixedSplit, seed: 1 });
  expect(placesOf(other)).not.toEqual(placesOf(first));
  expect(placesOf(await split(rowsOf(250), fixedSplit))).toEqual(placesOf(first));
});

test('with stratify the fractions are exact in each class', async () => {
  const outcome = await split(rowsOf(250), { ...fixedSplit, stratify: true });
  const countRare = (labels: readonly unknown[]) =>
    labels.filter((label) => label === 'rare').length;
  expect(outcome.testRows).toBe(50);
  expect(countRare(outcome.test.map(({ label }) => label))).toBe(5);
  expect(countRare(foldOf(outcome, 0, 'label').validation)).toBe(4);
  expect(countRare(foldOf(outcome, 0, 'label').train)).toBe(16);
});

test('given rows go where they are named, counted from 0, and the others are trained on', async () => {
  const rows = { test: [0, 7, 249], validation: [1, 2] };
  const outcome = await split(rowsOf(250), fixedSplit, { rows });
  expect(outcome.test.map(({ id }) => Number(id))).toEqual([0, 7, 249]);
  expect(foldOf(outcome, 0).validation.map(Number)).toEqual([1, 2]);
  expect(foldOf(outcome, 0).train).toHaveLength(245);
});

test('named rows without a target are left out and counted', async () => {
  const select = `SELECT id, CASE WHEN id <> 7 THEN label END AS label FROM (${rowsOf(100)})`;
  const outcome = await split(select, fixedSplit, {
    rows: { test: [0, 7], validation: [1] },
  });
  expect(outcome).toMatchObject({ testRows: 1, droppedRows: 1 });
});

test.each([
  [
    'out of range',
    { test: [100], validation: [1] },
    'test names the row 100, but the rows are numbered from 0 to 99',
  ],
  ['negative', { test: [1], validation: [-1] }, 'validation names the row -1'],
  ['named twice', { test: [1, 1], validation: [2] }, 'the row 1 is named twice'],
  ['in both lists', { test: [1], validation: [1] }, 'the row 1 is named in test and validation'],
  [
    'without a validation part',
    { test: [1], validation: [] },
    'the validation part came out empty',
  ],
  ['not whole', '{"test": [1.5], "validation": [2]}', 'each a list of whole numbers'],
  ['not JSON', 'test: [1]', 'cannot be read as JSON'],
])('row numbers that are %s are refused', async (_, rows, message) => {
  const error = await failureOf(split(rowsOf(100), fixedSplit, { rows }));
  expect(error.code).toBe('dataset-invalid');
  expect(error.message).toContain(message);
});

test('property: places are allotted whole, all of them, and each share is rounded up or down', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 20 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (sizes, fraction) => {
        const total = sizes.reduce((sum, size) => sum + size, 0);
        const places = Math.round(total * fraction);
        const allotted = allotExactly(sizes, places);
        expect(allotted.reduce((sum, count) => sum + count, 0)).toBe(places);
        for (const [group, size] of sizes.entries()) {
          const share = total === 0 ? 0 : (size * places) / total;
          expect(Math.abs((allotted[group] ?? 0) - share)).toBeLessThan(1);
          expect(allotted[group]).toBeLessThanOrEqual(size);
        }
      },
    ),
  );
});
