import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logGaussianMass } from './log-gaussian-mass.js';
import { truncatedGaussianQuantile } from './truncated-gaussian-quantile.js';

test.each([
  // Worked out with 800 digits.
  [0.3, -1, 2, -0.24240381788922682],
  [0.5, 5, 6, 5.131371763283919],
  [0.9, -40, -39, -39.00269968568994],
  [1e-12, -30, 30, -7.034483825301132],
  [0.999999999999, -1, 30, 7.058536562534259],
  [0.25, 0, 1, 0.21556399088623848],
])('%f of what is between %f and %f lies below %f', (share, low, high, value) => {
  expect(truncatedGaussianQuantile(share, low, high)).toBeCloseTo(value, 11);
});

test('the ends belong to the shares 0 and 1', () => {
  expect(truncatedGaussianQuantile(0, -1, 2)).toBe(-1);
  expect(truncatedGaussianQuantile(1, -1, 2)).toBe(2);
});

test('the share below a quantile is the share that was asked for', () => {
  const bound = fc.double({ min: -45, max: 45, noNaN: true });
  const width = fc.double({ min: 1e-6, max: 90, noNaN: true });
  const share = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
  fc.assert(
    fc.property(bound, width, share, (low, width, share) => {
      const high = low + width;
      const x = truncatedGaussianQuantile(share, low, high);
      expect(x).toBeGreaterThanOrEqual(low);
      expect(x).toBeLessThanOrEqual(high);
      const found = Math.exp(logGaussianMass(low, x) - logGaussianMass(low, high));
      expect(Math.abs(found - share)).toBeLessThan(1e-7);
    }),
  );
});
