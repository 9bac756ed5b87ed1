import { expect, test } from 'vitest';
import { logGaussianMass } from './log-gaussian-mass.js';

test.each([
  // Worked out with 1200 digits.
  [-1, 1, -0.38171514630212605],
  [-50, -49, -1205.3111748916654],
  [5, 6, -15.068446096529453],
  [-3, -2.999, -12.325193603978507],
  [20, 20.001, -207.83667731140957],
  [-0.001, 0.002, -6.72808202351855],
  [7, 9, -27.384307586994964],
])('between %f and %f it is %f', (low, high, value) => {
  expect(Math.abs(logGaussianMass(low, high) / value - 1)).toBeLessThan(1e-12);
});

test('of nothing it is minus infinity, and of everything 0', () => {
  expect(logGaussianMass(3, 3)).toBe(Number.NEGATIVE_INFINITY);
  expect(logGaussianMass(-60, 60)).toBeCloseTo(0, 300);
});

test('parts add up to the whole', () => {
  const edges = [-9, -2, -0.5, 0, 0.1, 4, 11];
  const parts = edges.slice(1).map((high, i) => Math.exp(logGaussianMass(edges[i] ?? 0, high)));
  const sum = parts.reduce((total, part) => total + part, 0);
  expect(sum).toBeCloseTo(Math.exp(logGaussianMass(-9, 11)), 14);
});
