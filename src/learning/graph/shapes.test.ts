import { expect, test } from 'vitest';
import { broadcastShapes, reduceShape } from './shapes.js';

test.each([
  [[2, 3], [3], [2, 3]],
  [[], [4], [4]],
  [
    [5, 1, 3],
    [2, 1],
    [5, 2, 3],
  ],
])('%j and %j broadcast to %j', (a, b, expected) => {
  expect(broadcastShapes(a, b)).toEqual(expected);
  expect(broadcastShapes(b, a)).toEqual(expected);
});

test('shapes that do not fit are refused', () => {
  expect(() => broadcastShapes([2, 3], [2])).toThrow('the shapes [2,3] and [2] do not broadcast');
});

test.each([
  [[0], false, [3, 4]],
  [[-1], false, [2, 3]],
  [[0, 1, 2], false, []],
  [[1, -1], true, [2, 1, 1]],
])('[2, 3, 4] over the axes %j (kept: %j) is %j', (axes, keepDims, expected) => {
  expect(reduceShape([2, 3, 4], axes, keepDims)).toEqual(expected);
});
