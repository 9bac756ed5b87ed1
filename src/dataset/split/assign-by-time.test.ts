import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SplitPlan } from '../../contract/pipeline-plan.js';
import { failureOf, foldOf, type SplitOutcome, split } from './testdata/split-in-process.js';

const timeSplit = {
  type: 'time',
  train: 0.64,
  validation: 0.16,
  test: 0.2,
  by: 't',
  gapMs: 0,
  folds: null,
} as const satisfies SplitPlan;

const hourMs = 3_600_000;

/** One row an hour, in a shuffled order of the file. */
const hours = (count: number): string =>
  `SELECT i AS id, TIMESTAMP '2026-01-01' + i * INTERVAL 1 HOUR AS t, i % 3 AS label
   FROM range(${count}) AS r(i) ORDER BY hash(i)`;

const numbersOf = (values: readonly unknown[]): number[] =>
  values.map(Number).toSorted((a, b) => a - b);
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

const testIds = (outcome: SplitOutcome): number[] => numbersOf(outcome.test.map(({ id }) => id));

test('the latest rows are the test part, those before it validate, the earliest are trained on', async () => {
  const outcome = await split(hours(100), timeSplit);
  expect(numbersOf(foldOf(outcome, 0).train)).toEqual(range(0, 64));
  expect(numbersOf(foldOf(outcome, 0).validation)).toEqual(range(64, 80));
  expect(testIds(outcome)).toEqual(range(80, 100));
  expect(outcome.folds).toEqual([{ train: 64, validation: 16 }]);
});

test('a gap leaves out the rows that are near before the next part, and counts them', async () => {
  const outcome = await split(hours(100), { ...timeSplit, gapMs: 5 * hourMs });
  expect(numbersOf(foldOf(outcome, 0).train)).toEqual(range(0, 59));
  expect(numbersOf(foldOf(outcome, 0).validation)).toEqual(range(64, 75));
  expect(testIds(outcome)).toEqual(range(80, 100));
  expect(outcome.development).toHaveLength(59 + 11);
  expect(outcome.droppedRows).toBe(10);
  expect(outcome.warnings).toEqual(['10 rows within the gap before a part were left out']);
});

test('folds are windows of equal size, the latest first, each with all earlier rows to train on', async () => {
  const outcome = await split(hours(100), { ...timeSplit, folds: 3 });
  expect(testIds(outcome)).toEqual(range(80, 100));
  for (const fold of [0, 1, 2]) {
    const start = 60 - 20 * fold;
    expect(numbersOf(foldOf(outcome, fold).validation)).toEqual(range(start, start + 20));
    expect(numbersOf(foldOf(outcome, fold).train)).toEqual(range(0, start));
  }
});

test('with folds a row in the gap before one window still trains the folds of later windows', async () => {
  const outcome = await split(hours(100), { ...timeSplit, folds: 3, gapMs: 4 * hourMs });
  expect(numbersOf(foldOf(outcome, 0).train)).toEqual(range(0, 56));
  expect(numbersOf(foldOf(outcome, 1).train)).toEqual(range(0, 36));
  expect(numbersOf(foldOf(outcome, 2).train)).toEqual(range(0, 16));
  expect(numbersOf(foldOf(outcome, 0).validation)).toEqual(range(60, 76));
  expect(outcome.droppedRows).toBe(4);
});

test('property: what is trained on is earlier than what validates by the gap, and that than the test part', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 40, maxLength: 120 }),
      fc.integer({ min: 0, max: 20 }),
      fc.constantFrom(null, 2, 4),
      async (times, gapHours, folds) => {
        const rows = times.map((time, id) => `(${id}, ${time}, ${id % 2})`);
        const select = `SELECT id, h, TIMESTAMP '2026-01-01' + h * INTERVAL 1 HOUR AS t, label
          FROM (VALUES ${rows.join(', ')}) AS v(id, h, label)`;
        const plan = { ...timeSplit, gapMs: gapHours * hourMs, folds };
        const outcome = await split(select, plan).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'dataset-invalid' });
          return null;
        });
        if (outcome === null) return;
        const firstTest = Math.min(...outcome.test.map(({ h }) => Number(h)));
        let windowEnd = firstTest;
        for (const fold of Array.from({ length: folds ?? 1 }, (_, index) => index)) {
          const { train, validation } = foldOf(outcome, fold, 'h');
          expect(outcome.folds[fold]).toEqual({
            train: train.length,
            validation: validation.length,
          });
          const start = Math.min(...validation.map(Number));
          expect(Math.max(...train.map(Number))).toBeLessThan(start - gapHours);
          // Equal times stay together, so the next window begins later.
          expect(Math.max(...validation.map(Number))).toBeLessThan(windowEnd);
          windowEnd = start;
        }
        const latest = Math.max(...outcome.development.map(({ h }) => Number(h)));
        expect(latest).toBeLessThan(firstTest - gapHours);
        expect(outcome.development.length + outcome.testRows + outcome.droppedRows).toBe(
          times.length,
        );
      },
    ),
    { numRuns: 12 },
  );
});

test('rows of equal time stay together, cut where the fractions come nearest', async () => {
  const days = `SELECT i AS id, DATE '2026-01-01' + (i / 30)::INTEGER AS t, i % 2 AS label FROM (SELECT (i // 30) * 30 AS i FROM range(300) AS r(i))`;
  const outcome = await split(days, timeSplit);
  expect(outcome.folds).toEqual([{ train: 180, validation: 60 }]);
  expect(outcome.testRows).toBe(60);
});

test('numbers order rows as times do, but have no gap in hours', async () => {
  const years = `SELECT i AS id, 1900 + i * 0.5 AS t, i % 2 AS label FROM range(100) AS r(i)`;
  const outcome = await split(years, timeSplit);
  expect(testIds(outcome)).toEqual(range(80, 100));
  const error = await failureOf(split(years, { ...timeSplit, gapMs: hourMs }));
  expect(error).toMatchObject({ code: 'dataset-invalid', problems: [{ path: 'split.gap' }] });
});

test('missing times, texts and too few different times are refused with what to do', async () => {
  const missing = await failureOf(
    split(`SELECT * REPLACE (CASE WHEN id >= 7 THEN t END AS t) FROM (${hours(100)})`, timeSplit),
  );
  expect(missing.message).toContain(
    "'t' is to order it by time, but has no value in 7 of 100 rows",
  );
  const text = await failureOf(
    split(`SELECT * REPLACE ('x' || id AS t) FROM (${hours(100)})`, timeSplit),
  );
  expect(text.message).toContain('holds text values');
  const few = await failureOf(
    split(`SELECT * REPLACE (DATE '2026-01-01' AS t) FROM (${hours(100)})`, timeSplit),
  );
  expect(few.message).toContain('too few different values to cut it into 3 parts');
  const gap = await failureOf(split(hours(100), { ...timeSplit, gapMs: 90 * hourMs }));
  expect(gap.message).toContain('the train part and the validation part came out empty');
});
