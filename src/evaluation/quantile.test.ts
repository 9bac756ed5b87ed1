import { expect, it } from 'vitest';
import { quantile } from './quantile.js';

it.each([
  [0, 1],
  [0.5, 3],
  [0.25, 2],
  [0.1, 1.4],
  [1, 9],
])('interpolates between sorted values: share %d', (share, expected) => {
  expect(quantile(Float64Array.of(1, 2, 3, 4, 9), share)).toBeCloseTo(expected, 15);
});

it('is the value itself when there is one only', () => {
  expect(quantile(Float64Array.of(7), 0.3)).toBe(7);
});
