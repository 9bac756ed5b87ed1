import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWeightedMedian, equalWeights, weightedMean } from './weighted-average.js';

describe('weightedMean', () => {
  it('counts each value as often as its weight says', () => {
    expect(weightedMean(Float64Array.of(1, 5, 9), Uint32Array.of(3, 1, 0))).toBe(2);
  });

  it('is not a number when nothing is counted', () => {
    expect(weightedMean(Float64Array.of(1), Uint32Array.of(0))).toBeNaN();
  });
});

describe('createWeightedMedian', () => {
  it('is the middle value, or the mean of the two in the middle', () => {
    const median = createWeightedMedian(Float64Array.of(9, 1, 4));
    expect(median(equalWeights(3))).toBe(4);
    expect(median(Uint32Array.of(1, 0, 1))).toBe(6.5);
    expect(median(Uint32Array.of(0, 2, 1))).toBe(1);
  });

  it('is not a number when nothing is counted', () => {
    expect(createWeightedMedian(Float64Array.of(1))(Uint32Array.of(0))).toBeNaN();
  });

  it('equals the median of a list in which values are repeated', () => {
    const pairs = fc.array(fc.tuple(fc.integer(), fc.integer({ min: 1, max: 4 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(pairs, (list) => {
        const repeated = list
          .flatMap(([value, weight]) => new Array<number>(weight).fill(value))
          .sort((a, b) => a - b);
        const lower = repeated[(repeated.length - 1) >> 1] ?? 0;
        const upper = repeated[repeated.length >> 1] ?? 0;
        const median = createWeightedMedian(Float64Array.from(list, ([value]) => value));
        expect(median(Uint32Array.from(list, ([, weight]) => weight))).toBe((lower + upper) / 2);
      }),
    );
  });
});
