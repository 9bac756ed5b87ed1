import { expect, it } from 'vitest';
import { compareRegrets } from './compare-regrets.js';

it('takes geometric means, and every problem for the same whatever its scale', () => {
  const { own, peer } = compareRegrets([
    { own: [1, 4], peer: [2, 2] },
    { own: [100, 100], peer: [800, 200] },
  ]);
  expect(own).toBeCloseTo(Math.sqrt(2 * 100), 12);
  expect(peer).toBeCloseTo(Math.sqrt(2 * 400), 12);
});

it('adds to the ratio what chance may have taken from it', () => {
  const pairs = { own: [1, 2, 4], peer: [1, 1, 1] };
  // The logarithms of the ratios are 0, 1 and 2 times log 2: their mean has the standard error log 2 / sqrt(3).
  const wanted = 2 * Math.exp((1.6449 * Math.LN2) / Math.sqrt(3));
  expect(compareRegrets([pairs]).ratioUpper).toBeCloseTo(wanted, 12);
  const half = 2 * Math.exp((1.6449 * Math.LN2) / Math.sqrt(6));
  expect(compareRegrets([pairs, pairs]).ratioUpper).toBeCloseTo(half, 12);
});
