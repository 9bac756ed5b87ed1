import type { QuantileKnots } from '../feature-program.js';
import { normalQuantile } from './normal-quantile.js';
import { quantileOf } from './number-summary.js';

/** As many as scikit-learn's QuantileTransformer takes. */
const usualKnots = 1000;

/**
 * Knots of the map that gives numbers the shape of a normal distribution: quantiles of the train part at equal
 * distances, beside the normal quantiles of their ranks. Equal quantiles make one knot of their mean rank.
 *
 * @param sorted ascending, finite, at least two different ones
 */
export function fitQuantileKnots(sorted: Float64Array, maxKnots = usualKnots): QuantileKnots {
  const count = Math.min(maxKnots, sorted.length);
  const values: number[] = [];
  const ranks: { first: number; last: number }[] = [];
  for (let knot = 0; knot < count; knot += 1) {
    const value = quantileOf(sorted, knot / (count - 1));
    const rank = ranks.at(-1);
    if (rank !== undefined && value <= (values.at(-1) as number)) rank.last = knot;
    else {
      values.push(value);
      ranks.push({ first: knot, last: knot });
    }
  }
  // Hazen's plotting positions keep the ends of the train part away from infinity.
  const margin = 0.5 / sorted.length;
  const normals = ranks.map(({ first, last }) =>
    normalQuantile(margin + ((first + last) / 2 / (count - 1)) * (1 - 2 * margin)),
  );
  return { values, normals };
}

/** From a value to its normal quantile; values outside of the knots get that of the nearest end. */
export function toNormal({ values, normals }: QuantileKnots, value: number): number {
  return interpolate(values, normals, value);
}

/** Undoes toNormal. */
export function fromNormal({ values, normals }: QuantileKnots, normal: number): number {
  return interpolate(normals, values, normal);
}

/** Linear between the knots and never beyond them, so that it ascends in spite of rounding. */
function interpolate(from: readonly number[], to: readonly number[], x: number): number {
  let low = 0;
  let high = from.length - 1;
  // There is at least one knot, and `low` and `high` stay inside the list.
  if (x <= (from[low] as number)) return to[low] as number;
  if (x >= (from[high] as number)) return to[high] as number;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((from[middle] as number) <= x) low = middle;
    else high = middle;
  }
  const share = shareOf(from[low] as number, from[high] as number, x);
  const start = to[low] as number;
  const end = to[high] as number;
  return Math.min(end, Math.max(start, start * (1 - share) + end * share));
}

function shareOf(lower: number, upper: number, x: number): number {
  const span = upper - lower;
  // Only numbers beyond 1e300 are so far apart that they have to be halved first.
  return span < Number.POSITIVE_INFINITY
    ? (x - lower) / span
    : (x / 2 - lower / 2) / (upper / 2 - lower / 2);
}
