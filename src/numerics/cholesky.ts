/**
 * Factors a symmetric positive definite matrix into L L^T (Cholesky), row by row.
 *
 * @param matrix size x size, row-major; only the lower triangle is read
 * @returns L, row-major, zeros above the diagonal; `null` when the matrix is not positive definite in float64
 */
export function factorCholesky(matrix: Float64Array, size: number): Float64Array | null {
  const factor = new Float64Array(size * size);
  // What rounding leaves of a pivot that should be 0, relative to the diagonal it was taken from.
  const noise = size * Number.EPSILON;
  for (let row = 0; row < size; row += 1) {
    const start = row * size;
    for (let column = 0; column < row; column += 1) {
      const rest = at(matrix, start + column) - dot(factor, start, column * size, column);
      factor[start + column] = rest / at(factor, column * size + column);
    }
    const diagonal = at(matrix, start + row);
    const pivot = diagonal - dot(factor, start, start, row);
    if (!(pivot > noise * diagonal)) return null;
    factor[start + row] = Math.sqrt(pivot);
  }
  return factor;
}

/**
 * Solves L L^T x = b.
 *
 * @param factor as `factorCholesky` returns it
 * @param right b; not changed
 */
export function solveCholesky(factor: Float64Array, right: Float64Array): Float64Array {
  const solution = Float64Array.from(right);
  solveLower(factor, solution);
  solveUpper(factor, solution);
  return solution;
}

/** Solves L x = b in place. */
export function solveLower(factor: Float64Array, right: Float64Array): void {
  const size = right.length;
  for (let row = 0; row < size; row += 1) {
    let rest = at(right, row);
    for (let column = 0; column < row; column += 1) {
      rest -= at(factor, row * size + column) * at(right, column);
    }
    right[row] = rest / at(factor, row * size + row);
  }
}

/** Solves L^T x = b in place. */
export function solveUpper(factor: Float64Array, right: Float64Array): void {
  const size = right.length;
  for (let row = size - 1; row >= 0; row -= 1) {
    const value = at(right, row) / at(factor, row * size + row);
    right[row] = value;
    for (let column = 0; column < row; column += 1) {
      right[column] = at(right, column) - at(factor, row * size + column) * value;
    }
  }
}

/**
 * The inverse of L L^T.
 *
 * @param factor as `factorCholesky` returns it
 * @returns row-major; only the lower triangle is filled
 */
export function invertCholesky(factor: Float64Array, size: number): Float64Array {
  const lower = invertLower(factor, size);
  const inverse = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let a = 0; a <= row; a += 1) {
      const value = at(lower, row * size + a);
      for (let b = 0; b <= a; b += 1) {
        inverse[a * size + b] = at(inverse, a * size + b) + value * at(lower, row * size + b);
      }
    }
  }
  return inverse;
}

function invertLower(factor: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    const start = row * size;
    const pivot = at(factor, start + row);
    for (let above = 0; above < row; above += 1) {
      const share = at(factor, start + above) / pivot;
      for (let column = 0; column <= above; column += 1) {
        inverse[start + column] =
          at(inverse, start + column) - share * at(inverse, above * size + column);
      }
    }
    inverse[start + row] = 1 / pivot;
  }
  return inverse;
}

/** Dot product of `length` numbers from two places of one array. */
function dot(values: Float64Array, a: number, b: number, length: number): number {
  let sum = 0;
  for (let index = 0; index < length; index += 1) {
    sum += at(values, a + index) * at(values, b + index);
  }
  return sum;
}

/** Indexes here are inside the arrays. */
function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
