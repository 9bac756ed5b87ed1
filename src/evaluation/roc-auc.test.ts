import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRocAuc } from './roc-auc.js';
import { equalWeights } from './weighted-average.js';

function area(scores: readonly number[], positives: readonly boolean[]): number {
  return createRocAuc(Float64Array.from(scores), positives)(equalWeights(scores.length));
}

describe('createRocAuc', () => {
  it.each([
    ['separates both classes', [0.1, 0.4, 0.8, 0.9], [false, false, true, true], 1],
    ['has them the wrong way round', [0.9, 0.1], [false, true], 0],
    ['misses one of four pairs', [0.1, 0.4, 0.35, 0.8], [false, false, true, true], 0.75],
    ['cannot tell rows apart', [0.5, 0.5, 0.5], [false, true, false], 0.5],
    ['ties one of two pairs', [0.2, 0.5, 0.5], [false, false, true], 0.75],
  ])('of scores that %s', (_, scores, positives, expected) => {
    expect(area(scores, positives)).toBe(expected);
  });

  it('is not a number with one class only', () => {
    expect(area([0.1, 0.2], [true, true])).toBeNaN();
    expect(area([], [])).toBeNaN();
  });

  it('takes a weight for that many equal rows', () => {
    const weighted = createRocAuc(Float64Array.of(0.3, 0.2, 0.5), [false, true, true]);
    const repeated = area([0.3, 0.3, 0.2, 0.2, 0.2], [false, false, true, true, true]);
    expect(weighted(Uint32Array.of(2, 3, 0))).toBe(repeated);
  });

  it('is the share of pairs in which the positive row scores higher, ties counting half', () => {
    const rows = fc.array(
      fc.record({ score: fc.integer({ min: 0, max: 5 }), positive: fc.boolean() }),
    );
    fc.assert(
      fc.property(rows, (list) => {
        const pairs = list
          .filter((row) => row.positive)
          .flatMap((a) => list.filter((b) => !b.positive).map((b) => a.score - b.score));
        const wins = pairs.reduce((sum, by) => sum + (by > 0 ? 1 : by === 0 ? 0.5 : 0), 0);
        const computed = area(
          list.map((row) => row.score),
          list.map((row) => row.positive),
        );
        if (pairs.length === 0) expect(computed).toBeNaN();
        else expect(computed).toBeCloseTo(wins / pairs.length, 12);
      }),
    );
  });
});
