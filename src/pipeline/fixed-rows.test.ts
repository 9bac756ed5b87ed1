import { expect, test } from 'vitest';
import { parseFixedRows } from './fixed-rows.js';

test('row numbers are read from JSON and sorted', () => {
  expect(
    parseFixedRows('{"test": [3, 1], "validation": [2, 0]}', { fileName: 'rows.json' }),
  ).toEqual({
    test: [1, 3],
    validation: [0, 2],
  });
});

test.each([
  ['{', 'it is not JSON'],
  ['[]', 'wanted a section with test and validation'],
  ['{"test": [1]}', 'validation wanted a list of row numbers, counted from 0'],
  ['{"test": [1.5], "validation": [2]}', 'test.0 wanted a row number, counted from 0'],
  ['{"test": [1], "validation": [1]}', 'validation.0 is 1, which was named before'],
])('a file that is none of row numbers is refused: %s', (text, message) => {
  expect(() => parseFixedRows(text, { fileName: 'rows.json' })).toThrow(
    `cannot read the row numbers in rows.json: ${message}`,
  );
});
