import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  factorCholesky,
  invertCholesky,
  solveCholesky,
  solveLower,
  solveUpper,
} from './cholesky.js';

test('a matrix of whole numbers is factored and solved exactly', () => {
  const matrix = Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98);
  const factor = factorCholesky(matrix, 3);
  expect(factor).toEqual(Float64Array.of(2, 0, 0, 6, 1, 0, -8, 5, 3));
  // Times (1, 2, 3).
  const right = Float64Array.of(-20, -43, 192);
  expect(solveCholesky(factor ?? matrix, right)).toEqual(Float64Array.of(1, 2, 3));
  expect(right).toEqual(Float64Array.of(-20, -43, 192));
});

test('only the lower triangle is read', () => {
  expect(factorCholesky(Float64Array.of(4, Number.NaN, 2, 5), 2)).toEqual(
    Float64Array.of(2, 0, 1, 2),
  );
});

test.each([
  ['with a negative direction', [1, 2, 2, 1]],
  ['of rank 1', [1 / 3, 1 / 3, 1 / 3, 1 / 3]],
  ['of zeros', [0, 0, 0, 0]],
  ['that is not finite', [1, 0, Number.NaN, 1]],
])('a matrix %s has no factor', (_, values) => {
  expect(factorCholesky(Float64Array.from(values), 2)).toBeNull();
});

test('solutions solve their equations', () => {
  const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
    minLength: 20,
    maxLength: 20,
  });
  fc.assert(
    fc.property(values, (numbers) => {
      const size = 4;
      const rows = Array.from({ length: size }, (_, row) => numbers.slice(4 * row, 4 * row + 4));
      const right = Float64Array.from(numbers.slice(16));
      const times = (a: readonly number[], b: readonly number[]) =>
        a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
      const matrix = rows.map((a, i) => rows.map((b, j) => times(a, b) + (i === j ? 1 : 0)));
      const factor = factorCholesky(Float64Array.from(matrix.flat()), size);
      const solution = solveCholesky(factor ?? new Float64Array(16), right);
      matrix.forEach((row, index) => {
        expect(times(row, [...solution])).toBeCloseTo(right[index] ?? Number.NaN, 12);
      });
    }),
  );
});

test('each triangle is solved in place, and both together are inverted', () => {
  const factor = Float64Array.of(2, 0, 0, 6, 1, 0, -8, 5, 3);
  const lower = Float64Array.of(2, 8, 11);
  solveLower(factor, lower);
  expect(lower).toEqual(Float64Array.of(1, 2, 3));
  const upper = Float64Array.of(-10, 17, 9);
  solveUpper(factor, upper);
  expect(upper).toEqual(Float64Array.of(1, 2, 3));
  // 36 times the inverse of the matrix of the first test.
  const inverse = invertCholesky(factor, 3).map((value) => Math.round(36 * value * 1e9) / 1e9);
  expect([...inverse]).toEqual([1777, 0, 0, -488, 136, 0, 76, -20, 4]);
});
