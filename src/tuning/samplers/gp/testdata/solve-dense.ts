/** Solves a dense system by elimination with pivots, and tells the determinant: nothing in common with a Cholesky factor. */
export function solveDense(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): { readonly solution: number[]; readonly determinant: number } {
  const rows = matrix.map((row, index) => [...row, right[index] ?? Number.NaN]);
  const size = rows.length;
  let determinant = 1;
  for (let column = 0; column < size; column += 1) {
    const rest = rows.slice(column).map((row) => Math.abs(row[column] ?? 0));
    const pivot = column + rest.indexOf(Math.max(...rest));
    const [upper = [], lower = []] = [rows[column], rows[pivot]];
    rows[column] = lower;
    rows[pivot] = upper;
    const leading = lower[column] ?? Number.NaN;
    determinant *= pivot === column ? leading : -leading;
    for (const [index, row] of rows.entries()) {
      if (index === column) continue;
      const share = (row[column] ?? 0) / leading;
      rows[index] = row.map((value, place) => value - share * (lower[place] ?? 0));
    }
  }
  const solution = rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? Number.NaN));
  return { solution, determinant };
}
