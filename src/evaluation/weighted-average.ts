/**
 * Mean of values, each counted as often as its weight says.
 *
 * @returns NaN when nothing is counted
 */
export function weightedMean(values: Float64Array, weights: Uint32Array): number {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < values.length; row += 1) {
    // Rows are inside both.
    const weight = weights[row] as number;
    sum += weight * (values[row] as number);
    count += weight;
  }
  return sum / count;
}

/**
 * Prepares the median of values, so that it can be computed for many weightings.
 *
 * @returns the median for given weights; NaN when nothing is counted
 */
export function createWeightedMedian(values: Float64Array): (weights: Uint32Array) => number {
  // Rows are inside the values.
  const order = Uint32Array.from(values, (_, row) => row).sort(
    (a, b) => (values[a] as number) - (values[b] as number),
  );
  return (weights) => {
    const count = weights.reduce((sum, weight) => sum + weight, 0);
    const at = (position: number) => valueAt(values, weights, order, position);
    return (at(Math.floor((count - 1) / 2)) + at(Math.floor(count / 2))) / 2;
  };
}

function valueAt(
  values: Float64Array,
  weights: Uint32Array,
  order: Uint32Array,
  position: number,
): number {
  let counted = 0;
  for (const row of order) {
    counted += weights[row] as number;
    if (counted > position) return values[row] as number;
  }
  return Number.NaN;
}

/** Weights by which every row counts once. */
export function equalWeights(rows: number): Uint32Array {
  return new Uint32Array(rows).fill(1);
}
