import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrainFolds } from '../train-folds.js';
import { fitLevelMeans } from './fit-level-means.js';

function foldsOf(targets: readonly number[]): TrainFolds {
  return {
    series: [{ of: null, at: (row) => targets[row] as number }],
    foldOf: (row) => row % 5,
  };
}

const slots = { slots: Int32Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1), levelCount: 2 };
/** Level 0 has 1 and level 1 has -1, so every mean is shrunken by one row. */
const clear = [1, 1, 1, 1, 1, -1, -1, -1, -1, -1];

describe('fitLevelMeans', () => {
  it('gives each level its mean over all rows, and the others that of the train part', () => {
    const { outputs } = fitLevelMeans(slots, foldsOf(clear));
    expect(outputs).toEqual([{ of: null, levels: [5 / 6, -5 / 6], other: 0, missing: 0 }]);
  });

  it('gives each row the mean of the other folds', () => {
    const { outOfFold } = fitLevelMeans(slots, foldsOf(clear));
    const mean = Math.fround(4 / 5);
    expect([...outOfFold.values]).toEqual([
      ...new Array<number>(5).fill(mean),
      ...new Array<number>(5).fill(-mean),
    ]);
    expect(outOfFold.width).toBe(1);
  });

  it('counts rare levels and missing values as a level each', () => {
    const withOthers = {
      slots: Int32Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2),
      levelCount: 1,
    };
    const targets = [0, 0, 0, 0, 0, 2, 2, 2, 2, 2, -2, -2, -2, -2, -2];
    const { outputs } = fitLevelMeans(withOthers, foldsOf(targets));
    expect(outputs).toEqual([{ of: null, levels: [0], other: 10 / 6, missing: -10 / 6 }]);
  });

  it('leaves out rows without a target, which get a mean all the same', () => {
    const targets = clear.map((value, row) => (row === 0 ? Number.NaN : value));
    const { outputs, outOfFold } = fitLevelMeans(slots, foldsOf(targets));
    expect(outputs[0]?.levels[0]).toBeCloseTo((4 - 1 / 9) / 5, 12);
    expect(outOfFold.values[0]).toBe(Math.fround(4 / 5));
  });

  it('keeps the own target of a row out of its features', () => {
    const targets = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 10, maxLength: 10 });
    const row = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(targets, row, fc.integer(), (values, changed, value) => {
        const others = values.map((old, index) => (index === changed ? value : old));
        const before = fitLevelMeans(slots, foldsOf(values)).outOfFold.values;
        const after = fitLevelMeans(slots, foldsOf(others)).outOfFold.values;
        for (let other = changed % 5; other < 10; other += 5) {
          expect(after[other]).toBe(before[other]);
        }
      }),
    );
  });
});
