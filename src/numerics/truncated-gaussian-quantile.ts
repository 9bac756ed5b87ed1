import { logGaussianCdf } from './log-gaussian-cdf.js';
import { logGaussianMass } from './log-gaussian-mass.js';
import { logSumExp } from './log-sum-exp.js';
import { scaledErfc } from './scaled-erfc.js';

const halfLogTwoPi = Math.log(2 * Math.PI) / 2;
/** More than it ever takes. */
const maxSteps = 100;

/**
 * The number below which a given share of a standard normal distribution lies, when only what is between two bounds
 * counts.
 *
 * @param share from 0 to 1
 * @param low below `high`
 */
export function truncatedGaussianQuantile(share: number, low: number, high: number): number {
  if (share <= 0) return low;
  if (share >= 1) return high;
  const logMass = logGaussianMass(low, high);
  const logBelow = logSumExp([logGaussianCdf(low), Math.log(share) + logMass]);
  const quantile =
    logBelow <= -Math.LN2
      ? lowerQuantile(logBelow)
      : // The tail on the other side is the smaller number and has more digits.
        -lowerQuantile(logSumExp([logGaussianCdf(-high), Math.log1p(-share) + logMass]));
  return Math.min(high, Math.max(low, quantile));
}

/**
 * The `x` of which `logGaussianCdf` is `logShare`, by Newton's method: the function is concave, so that from the second
 * step on it comes from the left and never jumps past the root.
 *
 * @param logShare at most the logarithm of 1/2, give or take rounding
 */
function lowerQuantile(logShare: number): number {
  let x = -Math.sqrt(Math.max(0, -2 * (logShare + halfLogTwoPi)));
  for (let step = 0; step < maxSteps; step += 1) {
    const scaled = scaledErfc(Math.max(0, -x) * Math.SQRT1_2);
    const excess = Math.log(scaled / 2) - (x * x) / 2 - logShare;
    const move = excess * scaled * Math.sqrt(Math.PI / 2);
    x -= move;
    if (Math.abs(move) <= 1e-14 * Math.abs(x)) break;
  }
  return x;
}
