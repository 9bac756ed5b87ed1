import { type FeatureSample, quantileOf, sortColumn } from './sorted-column.js';

/**
 * Edges of the bins of one number for piecewise-linear encoding: its distinct quantiles at 0, 1 / bins, ... 1
 * (Gorishniy et al. 2022, arXiv 2203.05556), or all its values where they are few. A value that fills bins by itself,
 * as 0 often does, takes part with the rows of one bin, so that the other bins tell the other values apart. A number
 * that never changes gets one bin, of width 1.
 *
 * @returns ascending, 2 to bins + 1 of them
 */
export function fitEdges(sample: FeatureSample, position: number, bins: number): Float32Array {
  const sorted = sortColumn(sample, position);
  const values = keepDistinct(sorted);
  if (values.length === 1) {
    const only = values[0] as number;
    return Float32Array.of(only, nextAbove(only));
  }
  if (values.length <= bins + 1) return values;
  const thinned = thinOut(sorted, bins);
  const shares = Array.from({ length: bins + 1 }, (_, t) => t / bins);
  return keepDistinct(Float32Array.from(shares, (share) => quantileOf(thinned, share)));
}

function keepDistinct(sorted: Float32Array): Float32Array {
  return sorted.filter((value, index) => index === 0 || value > (sorted[index - 1] as number));
}

/** Keeps of equal values no more than one bin has room for; what is taken away leaves smaller bins, and so on. */
function thinOut(sorted: Float32Array, bins: number): Float32Array {
  let kept = sorted;
  for (;;) {
    const room = Math.max(1, Math.floor(kept.length / bins));
    const values = kept;
    // Equal values are neighbors, so one that lies `room` places on is one too many.
    const next = values.filter((value, index) => index < room || values[index - room] !== value);
    if (next.length === kept.length) return kept;
    kept = next;
  }
}

/** 1 more, or of numbers so large that this is the same number, twice as much. */
function nextAbove(value: number): number {
  return Math.fround(value + 1) > value ? value + 1 : value + Math.abs(value);
}
