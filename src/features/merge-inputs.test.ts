import { expect, test } from 'vitest';
import { describeInputs } from './describe-inputs.js';
import { fitFeatures } from './fit-features.js';
import { mergeInputs } from './merge-inputs.js';
import { findRowProblems } from './row-problems.js';
import { fitOptions } from './testdata/fit-options.js';
import { toTable } from './testdata/to-table.js';

function fitted(columns: Parameters<typeof toTable>[0]) {
  return fitFeatures(toTable(columns), fitOptions('y')).program;
}

const y = [1.5, 2.5, 3.5, 4.5, 5.5, 6.5];
const seen = [1, 2, 3, 4, 5, 7];
const constant = [1, 1, 1, 1, 1, 1];

test('a column that one program uses and the other does not is required', () => {
  const first = fitted({ a: seen, b: constant, y });
  const second = fitted({ a: constant, b: seen, y });
  const merged = mergeInputs([first, second]);
  expect(describeInputs(merged)).toEqual([
    { name: 'a', kind: 'number', required: true },
    { name: 'b', kind: 'number', required: true },
  ]);
  expect(findRowProblems(merged, { a: 1, b: 2 })).toEqual([]);
  expect(findRowProblems(merged, { a: 1 })).toMatchObject([{ path: 'b' }]);
});

test('one program keeps its own inputs', () => {
  const program = fitted({ a: seen, b: constant, y });
  expect(describeInputs(mergeInputs([program]))).toEqual(describeInputs(program));
});

test.each([
  ['other kinds of values', { a: ['u', 'v', 'u', 'v', 'u', 'v'], y }],
  ['another task', { a: seen, y: ['u', 'v', 'u', 'v', 'u', 'v'] }],
])('programs of %s do not belong together', (_, columns) => {
  expect(() => mergeInputs([fitted({ a: seen, y }), fitted(columns)])).toThrow(
    expect.objectContaining({ code: 'model-invalid' }),
  );
});
