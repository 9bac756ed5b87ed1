import { describe, expect, it } from 'vitest';
import {
  accuracy,
  balancedAccuracy,
  countConfusion,
  f1Macro,
  toClassMetrics,
} from './class-metrics.js';

const rows = {
  targets: Int32Array.of(0, 0, 0, 1, 1, 2),
  predicted: Int32Array.of(0, 0, 1, 1, 0, 2),
  classCount: 3,
};
const once = Uint32Array.of(1, 1, 1, 1, 1, 1);
const confusion = countConfusion(rows, once);

describe('countConfusion', () => {
  it('counts by true class, then by predicted class', () => {
    expect(confusion).toEqual([
      [2, 1, 0],
      [1, 1, 0],
      [0, 0, 1],
    ]);
  });

  it('counts each row as often as its weight says', () => {
    expect(countConfusion(rows, Uint32Array.of(2, 0, 0, 0, 3, 1))).toEqual([
      [2, 0, 0],
      [3, 0, 0],
      [0, 0, 1],
    ]);
  });
});

describe('toClassMetrics', () => {
  it('computes precision, recall and F1 of each class', () => {
    expect(toClassMetrics(confusion)).toEqual([
      { rows: 3, predictedRows: 3, precision: 2 / 3, recall: 2 / 3, f1: 2 / 3 },
      { rows: 2, predictedRows: 2, precision: 0.5, recall: 0.5, f1: 0.5 },
      { rows: 1, predictedRows: 1, precision: 1, recall: 1, f1: 1 },
    ]);
  });

  it('gives 0 for a class that is never predicted, or has no rows', () => {
    const [present, absent] = toClassMetrics([
      [0, 2],
      [0, 0],
    ]);
    expect(present).toEqual({ rows: 2, predictedRows: 0, precision: 0, recall: 0, f1: 0 });
    expect(absent).toEqual({ rows: 0, predictedRows: 2, precision: 0, recall: 0, f1: 0 });
  });
});

describe('averages over classes', () => {
  it('are exact for a small matrix', () => {
    const classes = toClassMetrics(confusion);
    expect(accuracy(confusion)).toBe(4 / 6);
    expect(balancedAccuracy(classes)).toBeCloseTo((2 / 3 + 1 / 2 + 1) / 3, 15);
    expect(f1Macro(classes)).toBeCloseTo((2 / 3 + 1 / 2 + 1) / 3, 15);
  });

  it('leave out of balanced accuracy classes without rows, and of F1 those not predicted either', () => {
    const classes = toClassMetrics([
      [3, 1, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 2, 0],
      [0, 0, 0, 0],
    ]);
    expect(balancedAccuracy(classes)).toBe((3 / 4 + 1) / 2);
    expect(f1Macro(classes)).toBeCloseTo((6 / 7 + 0 + 1) / 3, 15);
  });

  it('are 0 when nothing is counted', () => {
    const nothing = [
      [0, 0],
      [0, 0],
    ];
    expect(accuracy(nothing)).toBe(0);
    expect(balancedAccuracy(toClassMetrics(nothing))).toBe(0);
  });
});
