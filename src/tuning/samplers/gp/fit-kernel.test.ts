import { expect, test } from 'vitest';
import { createSobolSequence } from '../../../numerics/sobol.js';
import { fitKernel } from './fit-kernel.js';

const pointAt = createSobolSequence(2);
const points = Array.from({ length: 32 }, (_, index) => pointAt(index));

function standardized(values: readonly number[]): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return Float64Array.from(values, (value) => (value - mean) / Math.sqrt(square));
}

test('a kernel weighs the axis that matters, and finds no noise where there is none', () => {
  const values = standardized(points.map(([a = 0]) => Math.sin(6 * a)));
  const { weights, noise } = fitKernel(points, values, Uint8Array.of(0, 0));
  expect(weights[0]).toBeGreaterThan(10 * (weights[1] ?? Number.NaN));
  expect(noise).toBeLessThan(1e-3);
});

test('values without any order are noise', () => {
  const values = standardized(points.map((_, index) => (index * 37) % 32));
  expect(fitKernel(points, values, Uint8Array.of(0, 0)).noise).toBeGreaterThan(0.05);
});

test('values that are all the same have a kernel, too', () => {
  const kernel = fitKernel(points, new Float64Array(32), Uint8Array.of(0, 1));
  expect([...kernel.weights, kernel.scale, kernel.noise].every(Number.isFinite)).toBe(true);
});
