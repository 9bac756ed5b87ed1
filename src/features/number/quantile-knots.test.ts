import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalQuantile } from './normal-quantile.js';
import { fitQuantileKnots, fromNormal, toNormal } from './quantile-knots.js';

describe('normalQuantile', () => {
  it.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.025, -1.959963984540054],
    [0.9, 1.2815515655446004],
    [0.01, -2.3263478740408408],
    [1e-9, -5.997807015008182],
  ])('knows the quantile of %d', (share, quantile) => {
    expect(Math.abs(normalQuantile(share) - quantile)).toBeLessThan(1e-8);
  });
});

describe('fitQuantileKnots', () => {
  it('takes every number of a small train part, in the middle of its rank', () => {
    const { values, normals } = fitQuantileKnots(Float64Array.of(1, 2, 4, 8));
    expect(values).toEqual([1, 2, 4, 8]);
    // Shares (rank + 1/2) / 4.
    expect(normals[0]).toBeCloseTo(normalQuantile(0.125), 12);
    expect(normals[1]).toBeCloseTo(normalQuantile(0.375), 12);
    expect(normals[3]).toBeCloseTo(normalQuantile(0.875), 12);
  });

  it('gives equal numbers their middle rank', () => {
    const { values, normals } = fitQuantileKnots(Float64Array.of(0, 0, 0, 5));
    expect(values).toEqual([0, 5]);
    expect(normals[0]).toBeCloseTo(normalQuantile(0.375), 12);
  });

  it('keeps at most 1000 knots', () => {
    const numbers = Float64Array.from({ length: 5000 }, (_, index) => index);
    const { values } = fitQuantileKnots(numbers);
    expect(values).toHaveLength(1000);
    expect([values[0], values[999]]).toEqual([0, 4999]);
  });
});

const trainParts = fc
  .uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 60 })
  .map((numbers) => Float64Array.from(numbers).sort())
  .filter((numbers) => numbers[0] !== numbers[numbers.length - 1]);

describe('toNormal', () => {
  it('ascends with the value, and stays between the ends', () => {
    const values = fc.double({ noNaN: true });
    fc.assert(
      fc.property(trainParts, values, values, (train, a, b) => {
        const knots = fitQuantileKnots(train);
        const low = toNormal(knots, Math.min(a, b));
        const high = toNormal(knots, Math.max(a, b));
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(knots.normals[0] as number);
        expect(high).toBeLessThanOrEqual(knots.normals.at(-1) as number);
      }),
    );
  });

  it('is undone by fromNormal at every knot, and between them as far as rounding allows', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const small = fc
      .uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 60 })
      .map((numbers) => Float64Array.from(numbers).sort());
    fc.assert(
      fc.property(small, share, (train, position) => {
        const knots = fitQuantileKnots(train);
        for (const value of train) expect(fromNormal(knots, toNormal(knots, value))).toBe(value);
        const first = train[0] as number;
        const value = first + position * ((train.at(-1) as number) - first);
        expect(Math.abs(fromNormal(knots, toNormal(knots, value)) - value)).toBeLessThan(1e-9);
      }),
    );
  });
});
