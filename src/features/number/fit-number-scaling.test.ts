import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NumberOptions } from '../../contract/feature-plan.js';
import { fitNumberScaling } from './fit-number-scaling.js';
import { scaleNumber } from './scale-number.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('fitNumberScaling', () => {
  it('centers and scales numbers that are not skewed', () => {
    expect(fitNumberScaling(Float64Array.of(4, 0, 8, 4))).toEqual({
      fill: 4,
      clip: null,
      scale: {
        method: 'standard',
        transform: 'none',
        floor: 0,
        mean: 4,
        deviation: Math.sqrt(8),
      },
    });
  });

  it('takes the logarithm of skewed numbers only when it may choose', () => {
    const values = Float64Array.of(0.001, 0.01, 0.1, 1, 10, 100, 1000);
    const scaling = fitNumberScaling(values);
    expect(scaling).toMatchObject({ fill: 1, scale: { transform: 'log', floor: 0.001 } });
    expect(fitNumberScaling(values, { scale: 'standard' })).toMatchObject({
      scale: { transform: 'none' },
    });
  });

  it.each([
    ['mean', 4],
    ['median', 3],
    ['most-frequent', 1],
    [-7, -7],
  ] as const)('fills with %s', (impute, fill) => {
    const values = Float64Array.of(10, 1, 3, 1, 5);
    expect(fitNumberScaling(values, { impute })).toMatchObject({ fill });
  });

  it('takes median and quartiles for a robust scale', () => {
    const values = Float64Array.of(1, 2, 3, 4, 1000);
    expect(fitNumberScaling(values, { scale: 'robust' })?.scale).toEqual({
      method: 'robust',
      center: 3,
      range: 2,
    });
  });

  it('takes mean and deviation for an affine scale, whatever the shape', () => {
    const values = Float64Array.of(0, 0, 0, 4);
    const scale = { method: 'affine', mean: 1, deviation: Math.sqrt(3) };
    expect(fitNumberScaling(values, { scale: 'affine' })?.scale).toEqual(scale);
  });

  it('lets nothing stand for a missing value when told so', () => {
    const values = Float64Array.of(0, 1);
    expect(fitNumberScaling(values, { impute: 'none' })).toMatchObject({ fill: null });
  });

  it('takes a knot of quantiles for 30 numbers, at least 10 and at most 1000', () => {
    const knotsOf = (count: number) => {
      const numbers = Float64Array.from({ length: count }, (_, index) => index);
      const scale = fitNumberScaling(numbers, { scale: 'quantile' })?.scale;
      return scale?.method === 'quantile' ? scale.knots.values.length : 0;
    };
    expect([5, 60, 900, 100_000].map(knotsOf)).toEqual([5, 10, 30, 1000]);
  });

  it('takes half the range where the quartiles are equal', () => {
    const values = Float64Array.of(0, 5, 5, 5, 5, 5, 9);
    expect(fitNumberScaling(values, { scale: 'robust' })?.scale).toMatchObject({ range: 4.5 });
  });

  it('cuts outliers off before it computes anything else', () => {
    const values = Float64Array.from([1e9, ...Array.from({ length: 99 }, (_, index) => index)]);
    const scaling = fitNumberScaling(values, { scale: 'standard', clip: 0.01, impute: 'mean' });
    // Sorted 0 ... 98 and 1e9: at 1 % lies 0.99, at 99 % between 98 and 1e9 by 0.01.
    expect(scaling?.clip?.low).toBeCloseTo(0.99, 12);
    expect(scaling?.clip?.high).toBeCloseTo(98 * 0.99 + 1e7, 3);
    expect(scaling?.fill).toBeLessThan(1e6);
  });

  it('finds nothing to scale in no numbers, equal numbers, and numbers too close to tell apart', () => {
    expect(fitNumberScaling(Float64Array.of())).toBeNull();
    expect(fitNumberScaling(Float64Array.of(5, 5))).toBeNull();
    expect(fitNumberScaling(Float64Array.of(0, 0, 0, 0, 5e-324))).toBeNull();
    expect(fitNumberScaling(Float64Array.of(1, 5, 5, 5, 9), { clip: 0.4 })).toBeNull();
  });

  it('gives a finite scale for any numbers and options', () => {
    const options = fc.record({
      impute: fc.constantFrom<NumberOptions['impute'] & {}>('mean', 'median', 'most-frequent', 3),
      scale: fc.constantFrom('auto', 'standard', 'affine', 'robust', 'quantile', 'none'),
      clip: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.49, noNaN: true })),
    });
    const values = fc.array(finite, { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double(), options, (train, value, chosen) => {
        const fitted = fitNumberScaling(Float64Array.from(train), chosen);
        if (fitted === null) return;
        expect(Number.isFinite(Math.fround(scaleNumber(fitted, value)))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
