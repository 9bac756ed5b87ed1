import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modeOf, quantileOf, summarizeNumbers } from './number-summary.js';

describe('summarizeNumbers', () => {
  it('computes moments and median by their definitions', () => {
    const summary = summarizeNumbers(Float64Array.of(4, 1, 1, 2));
    expect(summary).toMatchObject({ min: 1, max: 4, mean: 2, median: 1.5 });
    expect(summary.deviation).toBeCloseTo(Math.sqrt(6 / 4), 15);
    // Third central moment: (8 - 1 - 1 + 0) / 4.
    expect(summary.skewness).toBeCloseTo(1.5 / (6 / 4) ** 1.5, 14);
  });

  it('takes the middle value of an odd count as the median', () => {
    expect(summarizeNumbers(Float64Array.of(9, 1, 5)).median).toBe(5);
  });

  it('knows neither deviation nor skewness of equal numbers', () => {
    const summary = { min: 3, max: 3, mean: 3, deviation: 0, median: 3, skewness: 0 };
    expect(summarizeNumbers(Float64Array.of(3, 3, 3))).toEqual(summary);
  });

  it('keeps the input as it was', () => {
    const values = Float64Array.of(3, 1, 2);
    summarizeNumbers(values);
    expect([...values]).toEqual([3, 1, 2]);
  });

  it('does not overflow at the ends of the number range', () => {
    const max = Number.MAX_VALUE;
    const summary = summarizeNumbers(Float64Array.of(max, max, -max, max));
    expect(summary).toMatchObject({ mean: max / 2, median: max });
    expect(summary.deviation).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  it('is finite and ordered for any finite numbers', () => {
    const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (values) => {
        const summary = summarizeNumbers(Float64Array.from(values));
        expect(Object.values(summary).every(Number.isFinite)).toBe(true);
        expect(summary.min <= summary.median && summary.median <= summary.max).toBe(true);
        expect(summary.deviation).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('quantileOf', () => {
  it.each([
    [0, 1],
    [0.25, 1.75],
    [0.5, 3],
    [1, 10],
  ])('finds %d linearly between neighbors', (share, quantile) => {
    expect(quantileOf(Float64Array.of(1, 2, 4, 10), share)).toBe(quantile);
  });

  it('does not overflow between huge numbers', () => {
    const max = Number.MAX_VALUE;
    expect(quantileOf(Float64Array.of(-max, max), 0.5)).toBe(0);
  });
});

describe('modeOf', () => {
  it('finds the most frequent value, of several the smallest', () => {
    expect(modeOf(Float64Array.of(1, 2, 2, 3, 3))).toBe(2);
    expect(modeOf(Float64Array.of(1, 2, 3, 3))).toBe(3);
  });
});
