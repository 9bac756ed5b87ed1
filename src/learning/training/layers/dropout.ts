import type { NetworkPass, Passed } from '../network-pass.js';
import type { TensorLike } from '../ops.js';

/** Rates count in steps of so many in a whole: what a random byte can tell apart. */
const levels = 256;

/**
 * Inverted dropout (Srivastava et al. 2014): zeroes each number with the probability nearest to `rate` that is a whole
 * number of 256ths, and scales the others up, so that expectations stay exactly.
 *
 * @param stream tells the masks of one step apart
 */
export function passDropout<T extends TensorLike>(
  pass: NetworkPass<T>,
  rate: number,
  stream: number,
  x: T,
): Passed<T> {
  const { ops, dropout } = pass;
  if (dropout === null || rate === 0) return { output: x, backward: (gradient) => () => gradient };
  const nearest = ops.add(ops.mul(dropout, ops.constant(rate * levels)), ops.constant(0.5));
  const dropped = ops.minimum(ops.floor(nearest), ops.constant(levels - 1));
  const whole = ops.constant(levels);
  const scale = ops.div(whole, ops.sub(whole, dropped));
  const mask = ops.mul(ops.keepMask(x.shape, dropped, stream), scale);
  return {
    output: ops.mul(x, mask),
    backward: (gradient) => () => ops.mul(gradient, mask),
  };
}
