import { highestRank, noCategory, type RankColumn, type TreeEnsemble } from './tree-ensemble.js';

/** What LightGBM takes for zero: 1e-35 as a float. */
const zeroThreshold = Math.fround(1e-35);

/**
 * Ranks of some rows.
 *
 * @param x whole rows, row-major
 * @param ranks takes rows x columns, row-major
 */
export function rankRows(
  { columns, inputWidth }: TreeEnsemble,
  x: Float32Array,
  { start, end }: { readonly start: number; readonly end: number },
  ranks: Int32Array,
): void {
  for (const [position, column] of columns.entries()) {
    let to = position;
    for (let row = start; row < end; row += 1) {
      ranks[to] = rankOf(column, x[row * inputWidth + column.feature] as number);
      to += columns.length;
    }
  }
}

function rankOf({ kind, thresholds }: RankColumn, value: number): number {
  switch (kind) {
    case 'missing-left':
      return Number.isNaN(value) ? 0 : countBelow(thresholds, value);
    case 'missing-right':
      return Number.isNaN(value) ? highestRank : countBelow(thresholds, value);
    case 'zero-left':
      return Math.abs(value) > zeroThreshold ? countBelow(thresholds, value) : 0;
    case 'zero-right':
      return Math.abs(value) > zeroThreshold ? countBelow(thresholds, value) : highestRank;
    case 'category':
      return toCategory(value);
  }
}

/** By halving, with arithmetic instead of branches, which a processor could only guess. */
function countBelow(thresholds: Float64Array, value: number): number {
  let first = 0;
  let count = thresholds.length;
  while (count > 1) {
    const half = count >> 1;
    first += half * Number((thresholds[first + half - 1] as number) < value);
    count -= half;
  }
  return first + Number((thresholds[first] as number) < value);
}

/** Missing, negative and infinite ones are none. */
function toCategory(value: number): number {
  const category = Math.trunc(value);
  return category >= 0 && category < highestRank ? category : noCategory;
}
