import type { NumericScale } from './numeric-scale.js';

/** Normal distributions, cut off at the bounds of their scale. */
export interface NumericKernels {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** The narrowest kernel is at least this part of the scale. */
const finest = 100;

/**
 * Puts a kernel on every value, as wide as the larger distance to its neighbors, and one for the prior as wide as the
 * scale. A bound is the neighbor of a single value only.
 *
 * Bandwidths of Optuna 5 (`TPESampler`), after Bergstra et al. (2011).
 *
 * @param values of the trials, within the range
 */
export function fitNumericKernels(
  { low, high, toPosition }: NumericScale,
  values: readonly number[],
): NumericKernels {
  const means = Float64Array.from([...values.map(toPosition), (low + high) / 2]);
  const deviations = new Float64Array(means.length).fill(high - low);
  const count = values.length;
  const order = Uint32Array.from(values.keys()).sort((a, b) => at(means, a) - at(means, b));
  const narrowest = (high - low) / Math.min(finest, count + 2);
  for (const [rank, index] of order.entries()) {
    const mean = at(means, index);
    const neighbors =
      count === 1
        ? [low, high]
        : [order[rank - 1], order[rank + 1]].flatMap((other) =>
            other === undefined ? [] : [at(means, other)],
          );
    const distance = Math.max(...neighbors.map((neighbor) => Math.abs(neighbor - mean)));
    deviations[index] = Math.min(high - low, Math.max(narrowest, distance));
  }
  return { means, deviations };
}

/** Element of an array at an index that was taken from it. */
function at(numbers: Float64Array, index: number): number {
  return numbers[index] as number;
}
