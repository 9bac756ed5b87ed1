import { expect, test } from 'vitest';
import { toColumnNames } from './column-names.js';

test.each([
  [
    ['x', 'y'],
    ['x', 'y'],
  ],
  [
    ['x', 'y', 'x', 'x'],
    ['x', 'y', 'x_2', 'x_3'],
  ],
  [
    ['x', 'x', 'x_2'],
    ['x', 'x_3', 'x_2'],
  ],
  [
    ['Value', 'value'],
    ['Value', 'value_2'],
  ],
  [
    ['caf\u00e9', 'cafe\u0301'],
    ['caf\u00e9', 'cafe\u0301_2'],
  ],
  [
    ['', 'a', ' '],
    ['unnamed_1', 'a', 'unnamed_3'],
  ],
  [
    ['a b', ' lead', '__proto__', 'constructor'],
    ['a b', ' lead', '__proto__', 'constructor'],
  ],
])('%j become %j', (fields, names) => {
  expect(toColumnNames(fields).names).toEqual(names);
});

test('every new name is told with its reason', () => {
  expect(toColumnNames(['x', 'X', 'x']).notes).toEqual([
    "column 2 is called 'X_2', because 'X' and 'x' differ by letter case or composition only",
    "column 3 is called 'x_3', because another column is called 'x'",
  ]);
});
