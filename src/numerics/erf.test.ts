import { expect, test } from 'vitest';
import { erf } from './erf.js';

test.each([
  // NIST Digital Library of Mathematical Functions and Abramowitz and Stegun, table 7.1.
  [0, 0],
  [0.5, 0.5204998778130465],
  [1, 0.8427007929497149],
  [2, 0.9953222650189527],
  [2.999, 0.9999777698314002],
  [3.5, 0.9999992569016276],
  [10, 1],
])('erf(%f) is %f, and its negative for the negative', (x, value) => {
  expect(erf(x)).toBeCloseTo(value, 14);
  expect(erf(-x)).toBeCloseTo(-value, 14);
});

test('the two ways meet where they change over', () => {
  expect(Math.abs(erf(3) - erf(3 - 1e-12))).toBeLessThan(1e-15 + 2e-12);
});
