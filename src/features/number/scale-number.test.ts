import { describe, expect, it } from 'vitest';
import type { NumberScale, NumberScaling, NumberTransform } from '../feature-program.js';
import { scaleNumber } from './scale-number.js';

function scaling(scale: NumberScale, clip: NumberScaling['clip'] = null): NumberScaling {
  return { fill: 4, clip, scale };
}

function standard(transform: NumberTransform, floor = 0, mean = 2, deviation = 2) {
  return scaling({ method: 'standard', transform, floor, mean, deviation });
}

describe('scaleNumber', () => {
  it('standardizes, and stops at ten deviations', () => {
    const plain = standard('none');
    expect(scaleNumber(plain, 5)).toBe(1.5);
    expect(scaleNumber(plain, 1e9)).toBe(10);
    expect(scaleNumber(plain, -Number.MAX_VALUE)).toBe(-10);
  });

  it('takes an affine scale beyond ten deviations, as far as 32 bits reach', () => {
    const affine = scaling({ method: 'affine', mean: 2, deviation: 2 });
    expect(scaleNumber(affine, 102)).toBe(50);
    expect(Math.fround(scaleNumber(affine, -1e300))).toBe(-3.4028234663852886e38);
  });

  it('leaves missing what nothing stands for', () => {
    const open = { ...standard('none'), fill: null };
    expect(scaleNumber(open, Number.NaN)).toBeNaN();
    expect(scaleNumber(open, Number.NEGATIVE_INFINITY)).toBeNaN();
    expect(scaleNumber(open, 5)).toBe(1.5);
  });

  it('fills what is missing or not finite', () => {
    expect(scaleNumber(standard('none'), Number.NaN)).toBe(1);
    expect(scaleNumber(standard('none'), Number.POSITIVE_INFINITY)).toBe(1);
  });

  it('raises numbers below the train range to it before taking a logarithm', () => {
    const log = standard('log', 1, 0, 1);
    expect(scaleNumber(log, -5)).toBe(0);
    expect(scaleNumber(log, Math.E)).toBe(1);
  });

  it('bends a robust number smoothly towards 3', () => {
    const robust = scaling({ method: 'robust', center: 10, range: 2 });
    expect(scaleNumber(robust, 10)).toBe(0);
    expect(scaleNumber(robust, 16)).toBe(3 / Math.sqrt(2));
    expect(scaleNumber(robust, -Number.MAX_VALUE)).toBeCloseTo(-3, 9);
  });

  it('keeps to the ranks of the train part', () => {
    const knots = { values: [0, 1, 3], normals: [-1, 0, 2] };
    const quantile = scaling({ method: 'quantile', knots });
    expect([-5, 0, 0.5, 1, 2, 3, 9].map((value) => scaleNumber(quantile, value))).toEqual([
      -1, -1, -0.5, 0, 1, 2, 2,
    ]);
  });

  it('leaves a number as it is, as far as 32 bits reach', () => {
    const none = scaling({ method: 'none' });
    expect(scaleNumber(none, -12.5)).toBe(-12.5);
    expect(Math.fround(scaleNumber(none, 1e300))).toBe(3.4028234663852886e38);
  });

  it('clips known numbers and not what is filled in', () => {
    const clipped = scaling({ method: 'none' }, { low: -1, high: 1 });
    expect(scaleNumber(clipped, 3)).toBe(1);
    expect(scaleNumber(clipped, -3)).toBe(-1);
    expect(scaleNumber(clipped, Number.NaN)).toBe(4);
  });
});
