import { expect, test } from 'vitest';
import { logSumExp } from './log-sum-exp.js';

test('it is the logarithm of the sum', () => {
  expect(logSumExp([Math.log(1), Math.log(2), Math.log(5)])).toBeCloseTo(Math.log(8), 15);
});

test('numbers that could not be written are added all the same', () => {
  expect(logSumExp(Float64Array.of(-2000, -2000))).toBeCloseTo(-2000 + Math.LN2, 12);
  expect(logSumExp([2000, -2000])).toBe(2000);
});

test('nothing and zeros add up to zero', () => {
  const none = Number.NEGATIVE_INFINITY;
  expect(logSumExp([])).toBe(none);
  expect(logSumExp([none, none])).toBe(none);
  expect(logSumExp([none, 3])).toBe(3);
});
