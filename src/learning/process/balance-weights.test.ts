import { expect, test } from 'vitest';
import { balanceWeights } from './balance-weights.js';

test('classes that occur count the same in sum, 1 a row on average', () => {
  // Class 3 never occurs.
  const classes = Int32Array.of(0, 0, 0, 0, 1, 2);
  const weights = balanceWeights(classes, 4, null);
  expect(weights).toEqual(Float32Array.of(0.5, 0.5, 0.5, 0.5, 2, 2));
});

test('rows of a class keep the ratios of their own weights', () => {
  const weights = balanceWeights(Int32Array.of(0, 0, 1), 2, Float32Array.of(2, 1, 0.5));
  expect(weights).toEqual(Float32Array.of(1, 0.5, 1.5));
});

test('a class whose rows do not count stays without weight', () => {
  const weights = balanceWeights(Int32Array.of(0, 1, 2), 3, Float32Array.of(1, 0, 3));
  expect(weights).toEqual(Float32Array.of(1.5, 0, 1.5));
});
