/** Moments and order statistics of finite numbers, all in their own unit except `skewness`. */
export interface NumberSummary {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Population standard deviation; 0 when all values are equal. */
  readonly deviation: number;
  readonly median: number;
  /** Fisher-Pearson coefficient g1; 0 when all values are equal. */
  readonly skewness: number;
}

/**
 * Summarizes numbers in their order, so that equal input gives equal bits.
 * Values are divided by the largest magnitude first: no finite input overflows.
 *
 * @param values finite, at least one
 */
export function summarizeNumbers(values: Float64Array): NumberSummary {
  const sorted = values.toSorted();
  // There is at least one value.
  const min = sorted[0] as number;
  const max = sorted[sorted.length - 1] as number;
  const unit = Math.max(Math.abs(min), Math.abs(max));
  const median = medianOf(sorted);
  if (min === max) return { min, max, mean: min, deviation: 0, median, skewness: 0 };
  const { mean, variance, thirdMoment } = centralMoments(values, unit);
  const skewness = thirdMoment / variance ** 1.5;
  return { min, max, mean: mean * unit, deviation: Math.sqrt(variance) * unit, median, skewness };
}

function medianOf(sorted: Float64Array): number {
  // Both positions are inside a list that is not empty.
  const upper = sorted[sorted.length >> 1] as number;
  const lower = sorted[(sorted.length - 1) >> 1] as number;
  // Halves are added, not the sum halved, so that two huge values do not overflow.
  return lower === upper ? upper : lower / 2 + upper / 2;
}

function centralMoments(values: Float64Array, unit: number) {
  let sum = 0;
  for (const value of values) sum += value / unit;
  const mean = sum / values.length;
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    const distance = value / unit - mean;
    squares += distance * distance;
    cubes += distance * distance * distance;
  }
  return { mean, variance: squares / values.length, thirdMoment: cubes / values.length };
}
