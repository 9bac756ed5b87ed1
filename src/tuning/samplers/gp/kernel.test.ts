import { describe, expect, it } from 'vitest';
import { correlationAt, correlationSlopeAt, squaredDistance } from './kernel.js';

describe('squaredDistance', () => {
  it('weighs each axis, and on a categorical one only tells whether positions are equal', () => {
    const kernel = {
      weights: Float64Array.of(4, 0.5, 3),
      isCategorical: Uint8Array.of(0, 1, 1),
      ...{ scale: 1, noise: 1 },
    };
    const a = Float64Array.of(0.25, 0.1, 0.5);
    expect(squaredDistance(kernel, a, Float64Array.of(0.75, 0.9, 0.5))).toBe(4 * 0.25 + 0.5);
    expect(squaredDistance(kernel, a, a)).toBe(0);
  });
});

describe('correlationAt', () => {
  it('is Matérn 5/2: (1 + r + r^2 / 3) exp(-r) with r^2 five times the squared distance', () => {
    expect(correlationAt(0)).toBe(1);
    expect(correlationAt(0.2)).toBeCloseTo((7 / 3) * Math.exp(-1), 15);
    expect(correlationAt(1.8)).toBeCloseTo(7 * Math.exp(-3), 15);
  });

  it.each([0.01, 0.2, 1, 30])('has the slope of its differences at %d', (squared) => {
    const step = 1e-6;
    const difference = correlationAt(squared + step) - correlationAt(squared - step);
    expect(correlationSlopeAt(squared)).toBeCloseTo(difference / (2 * step), 8);
  });

  it('has a finite slope at 0', () => {
    expect(correlationSlopeAt(0)).toBe(-5 / 6);
  });
});
