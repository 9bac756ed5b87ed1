import type { NumberScaling, StandardScale } from '../feature-program.js';
import { applyTransform } from './number-transform.js';
import { toNormal } from './quantile-knots.js';

/** Standardized values are clipped to this many deviations, so that no outlier drowns the rest. */
const maxDeviations = 10;

/** Far beyond this a smoothly clipped number does not change any more, but its square would overflow. */
const maxRobust = 1e6;

const maxFloat32 = 3.4028234663852886e38;

/**
 * The scaled form of one value; NaN and infinite values are missing and filled.
 *
 * @returns a number that fits into 32 bits; of `standard` in [-10, 10], of `robust` in [-3, 3]; NaN for a missing value
 *   that nothing stands for
 */
export function scaleNumber({ fill, clip, scale }: NumberScaling, value: number): number {
  const known = Number.isFinite(value)
    ? clip === null
      ? value
      : Math.min(clip.high, Math.max(clip.low, value))
    : fill;
  if (known === null) return Number.NaN;
  switch (scale.method) {
    case 'standard':
      return standardize(scale, known);
    case 'affine':
      return limit((known - scale.mean) / scale.deviation, maxFloat32);
    case 'robust': {
      const distance = limit((known - scale.center) / scale.range, maxRobust);
      const third = distance / 3;
      return distance / Math.sqrt(1 + third * third);
    }
    case 'quantile':
      return toNormal(scale.knots, known);
    case 'none':
      return limit(known, maxFloat32);
  }
}

function standardize(scale: StandardScale, value: number): number {
  // Below the smallest value seen a logarithm would run away, or not exist.
  const reachable = scale.transform === 'none' ? value : Math.max(value, scale.floor);
  return limit(
    (applyTransform(scale.transform, reachable) - scale.mean) / scale.deviation,
    maxDeviations,
  );
}

function limit(value: number, magnitude: number): number {
  return Math.min(magnitude, Math.max(-magnitude, value));
}
