import type { NetworkPass, Passed } from '../network-pass.js';
import type { TensorLike } from '../ops.js';

/** Each number of a row times a learned factor of its own. */
export function passScale<T extends TensorLike>(
  pass: NetworkPass<T>,
  prefix: string,
  x: T,
): Passed<T> {
  const { ops, gradients } = pass;
  const scale = pass.value(`${prefix}scale`);
  return {
    output: ops.mul(x, scale),
    backward(gradient) {
      gradients.set(`${prefix}scale`, ops.biasGradient(ops.mul(gradient, x)));
      return () => ops.mul(gradient, scale);
    },
  };
}
