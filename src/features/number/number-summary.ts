import { medianOf } from './median-of.js';

/** Moments and order statistics of finite numbers, all in their own unit except `skewness`. */
export interface NumberSummary extends NumberMoments {
  readonly min: number;
  readonly max: number;
  readonly median: number;
}

export interface NumberMoments {
  readonly mean: number;
  /** Population standard deviation; 0 when all values are equal. */
  readonly deviation: number;
  /** Fisher-Pearson coefficient g1; 0 when all values are equal. */
  readonly skewness: number;
}

/**
 * Summarizes numbers in their order, so that equal input gives equal bits.
 *
 * @param values finite, at least one
 */
export function summarizeNumbers(values: Float64Array): NumberSummary {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max, median: medianOf(values), ...computeMoments(values, { min, max }) };
}

/**
 * Moments about the mean. Values are divided by the largest magnitude first: no finite input overflows.
 *
 * @param range smallest and largest of the values
 */
export function computeMoments(
  values: Float64Array,
  { min, max }: { readonly min: number; readonly max: number },
): NumberMoments {
  if (min === max) return { mean: min, deviation: 0, skewness: 0 };
  const unit = Math.max(Math.abs(min), Math.abs(max));
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
  const variance = squares / values.length;
  const skewness = cubes / values.length / variance ** 1.5;
  return { mean: mean * unit, deviation: Math.sqrt(variance) * unit, skewness };
}

/**
 * The value below which a share of the numbers lies, linear between neighbors (type 7 of Hyndman and Fan 1996, the
 * default of NumPy).
 *
 * @param sorted ascending, finite, at least one
 * @param share in [0, 1]
 */
export function quantileOf(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  // Both positions are inside a list that is not empty.
  const lower = sorted[Math.floor(position)] as number;
  const upper = sorted[Math.ceil(position)] as number;
  const part = position - Math.floor(position);
  // Shares are added, not the difference multiplied, so that two huge values do not overflow.
  return lower === upper ? lower : lower * (1 - part) + upper * part;
}

/** The value that occurs most often, of several the smallest. */
export function modeOf(sorted: Float64Array): number {
  let mode = sorted[0] as number;
  let modeCount = 0;
  for (let start = 0; start < sorted.length; ) {
    const value = sorted[start] as number;
    let end = start + 1;
    while (end < sorted.length && sorted[end] === value) end += 1;
    if (end - start > modeCount) [mode, modeCount] = [value, end - start];
    start = end;
  }
  return mode;
}
