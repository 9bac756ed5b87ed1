import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitNumberScaling, scaleNumber } from './number-scaling.js';

const allowLog = { allowLog: true };
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('fitNumberScaling', () => {
  it('centers and scales numbers that are not skewed', () => {
    expect(fitNumberScaling(Float64Array.of(4, 0, 8, 4), allowLog)).toEqual({
      transform: 'none',
      floor: 0,
      fill: 4,
      mean: 4,
      scale: Math.sqrt(8),
    });
  });

  it('takes the logarithm of skewed numbers above 0', () => {
    const values = Float64Array.of(0.001, 0.01, 0.1, 1, 10, 100, 1000);
    const scaling = fitNumberScaling(values, allowLog);
    expect(scaling).toMatchObject({ transform: 'log', floor: 0.001, fill: 1 });
    expect(scaling?.mean).toBeCloseTo(0, 14);
  });

  it('takes log1p of skewed numbers that reach 0', () => {
    const values = Float64Array.of(0, 1, 3, 7, 15, 31, 63, 127);
    expect(fitNumberScaling(values, allowLog)).toMatchObject({ transform: 'log1p', floor: 0 });
  });

  it('takes log1p where the logarithm itself would be skewed to the other side', () => {
    const values = Float64Array.of(1e-9, 1, 3, 7, 15, 31, 63, 127);
    expect(fitNumberScaling(values, allowLog)).toMatchObject({ transform: 'log1p' });
  });

  it.each([
    ['some are negative', [-1, 0, 1, 3, 7, 15, 31, 63, 127]],
    ['the logarithm is almost as skewed', [1, 1, 1, 1, 1, 1, 1, 1, 1, 1e6]],
    ['they are skewed to the left', [-127, -63, -31, -15, -7, -3, -1].map((value) => value + 128)],
  ])('leaves skewed numbers as they are when %s', (_, values) => {
    expect(fitNumberScaling(Float64Array.from(values), allowLog)?.transform).toBe('none');
  });

  it('takes no logarithm where none is allowed', () => {
    const values = Float64Array.of(0.001, 0.01, 0.1, 1, 10, 100, 1000);
    expect(fitNumberScaling(values, { allowLog: false })?.transform).toBe('none');
  });

  it('finds nothing to scale in no numbers, equal numbers, and numbers too close to tell apart', () => {
    expect(fitNumberScaling(Float64Array.of(), allowLog)).toBeNull();
    expect(fitNumberScaling(Float64Array.of(5, 5), allowLog)).toBeNull();
    expect(fitNumberScaling(Float64Array.of(0, 0, 0, 0, 5e-324), allowLog)).toBeNull();
  });
});

describe('scaleNumber', () => {
  const scaling = { transform: 'none', floor: 0, fill: 4, mean: 2, scale: 2 } as const;

  it('scales, and clips at ten deviations', () => {
    expect(scaleNumber(scaling, 5)).toBe(1.5);
    expect(scaleNumber(scaling, 1e9)).toBe(10);
    expect(scaleNumber(scaling, -Number.MAX_VALUE)).toBe(-10);
  });

  it('fills what is missing or not finite', () => {
    expect(scaleNumber(scaling, Number.NaN)).toBe(1);
    expect(scaleNumber(scaling, Number.POSITIVE_INFINITY)).toBe(1);
  });

  it('raises numbers below the train range to it before taking a logarithm', () => {
    const log = { transform: 'log', floor: 1, fill: 1, mean: 0, scale: 1 } as const;
    expect(scaleNumber(log, -5)).toBe(0);
    expect(scaleNumber(log, Math.E)).toBe(1);
  });

  it('is finite for any fitted column and any number', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), fc.double(), (values, value) => {
        const fitted = fitNumberScaling(Float64Array.from(values), allowLog);
        if (fitted === null) return;
        expect(Math.abs(scaleNumber(fitted, value))).toBeLessThanOrEqual(10);
      }),
    );
  });
});
