import { expect, test } from 'vitest';
import { gaussianUpperTail, logGaussianCdf } from './log-gaussian-cdf.js';

test.each([
  // Worked out with 1200 digits.
  [-40, -804.6084420137538],
  [-8, -35.01343715991455],
  [-1, -1.8410216450092636],
  [-1e-9, -0.6931471813578298],
  [0, -Math.LN2],
  [0.5, -0.3689464152886564],
  [3, -0.0013508099647481938],
  [8, -6.220960574271786e-16],
])('of %f it is %f', (x, value) => {
  expect(Math.abs(logGaussianCdf(x) / value - 1)).toBeLessThan(5e-15);
});

test('it ends at 0 and at minus infinity', () => {
  expect(logGaussianCdf(Number.POSITIVE_INFINITY)).toBeCloseTo(0, 300);
  expect(logGaussianCdf(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
});

test('a tail is what the other side leaves', () => {
  for (let x = 0; x < 5; x += 0.07) {
    expect(gaussianUpperTail(x)).toBeCloseTo(1 - Math.exp(logGaussianCdf(x)), 14);
  }
});
