import { expect, test } from 'vitest';
import { learningRateFactor } from './learning-rate.js';

test('the rate rises evenly over the first twentieth of the steps', () => {
  expect([1, 2, 3, 4, 5].map((step) => learningRateFactor(step, 100))).toEqual([
    0.2, 0.4, 0.6, 0.8, 1,
  ]);
});

test('the rate falls from there to almost zero, half way at half the cosine', () => {
  expect(learningRateFactor(53, 100)).toBeCloseTo(0.5, 12);
  const factors = Array.from({ length: 96 }, (_, i) => learningRateFactor(5 + i, 100));
  expect(factors).toEqual(factors.toSorted((a, b) => b - a));
  expect(factors.at(-1)).toBeGreaterThan(0);
  expect(factors.at(-1)).toBeLessThan(0.001);
});

test('a training of one step learns at the full rate', () => {
  expect(learningRateFactor(1, 1)).toBe(1);
});
