import { gaussianUpperTail, logGaussianCdf } from './log-gaussian-cdf.js';

/**
 * Logarithm of the share of a standard normal distribution between two numbers, wherever in the tails they lie.
 *
 * @param low at most `high`; when they are equal the answer is minus infinity
 */
export function logGaussianMass(low: number, high: number): number {
  if (high <= 0) return leftMass(low, high);
  if (low >= 0) return leftMass(-high, -low);
  return Math.log1p(-gaussianUpperTail(-low) - gaussianUpperTail(high));
}

/** Shares of the left tail are small numbers, so that their difference keeps its digits. */
function leftMass(low: number, high: number): number {
  const whole = logGaussianCdf(high);
  return whole + Math.log(-Math.expm1(logGaussianCdf(low) - whole));
}
