import { scaledErfc } from './scaled-erfc.js';

/**
 * Logarithm of the share of a standard normal distribution below `x`. It keeps its digits in both tails, where the share
 * itself would underflow or be 1.
 */
export function logGaussianCdf(x: number): number {
  if (x === Number.NEGATIVE_INFINITY) return x;
  if (x < 0) return Math.log(scaledErfc(-x * Math.SQRT1_2) / 2) - (x * x) / 2;
  return Math.log1p(-gaussianUpperTail(x));
}

/**
 * Share of a standard normal distribution above `x`.
 *
 * @param x at least 0
 */
export function gaussianUpperTail(x: number): number {
  return (scaledErfc(x * Math.SQRT1_2) / 2) * Math.exp((-x * x) / 2);
}
