import { expect, test } from 'vitest';
import { keepLargest } from './keep-largest.js';

test('the largest shares come first, and nothings are left out', () => {
  expect(Object.entries(keepLargest({ a: 0.25, b: 0, c: 0.5, d: 0.25 }))).toEqual([
    ['c', 0.5],
    ['a', 0.25],
    ['d', 0.25],
  ]);
});

test('of many features twenty stay', () => {
  const many = Array.from({ length: 30 }, (_, index) => [`f${index}`, index] as const);
  const names = Object.keys(keepLargest(Object.fromEntries(many)));
  expect([names.length, names[0], names[19]]).toEqual([20, 'f29', 'f10']);
});
