import type { NetworkPass, Passed } from '../network-pass.js';
import type { TensorLike } from '../ops.js';

/** Layer normalization (Ba et al. 2016): each row is scaled by its own mean and variance. */
export function passLayerNorm<T extends TensorLike>(
  pass: NetworkPass<T>,
  prefix: string,
  layer: { readonly epsilon: number },
  x: T,
): Passed<T> {
  const { ops, gradients } = pass;
  const rowMean = (values: T): T => ops.mean(values, [1], true);
  const centered = ops.sub(x, rowMean(x));
  const variance = rowMean(ops.square(centered));
  const inverse = ops.rsqrt(ops.add(variance, ops.constant(layer.epsilon)));
  const normalized = ops.mul(centered, inverse);
  const gamma = pass.value(`${prefix}gamma`);
  return {
    output: ops.biasAdd(ops.mul(normalized, gamma), pass.value(`${prefix}beta`)),
    backward(gradient) {
      gradients.set(`${prefix}beta`, ops.biasGradient(gradient));
      gradients.set(`${prefix}gamma`, ops.biasGradient(ops.mul(gradient, normalized)));
      return () => {
        const inner = ops.mul(gradient, gamma);
        const slope = ops.mul(normalized, rowMean(ops.mul(inner, normalized)));
        return ops.mul(ops.sub(ops.sub(inner, rowMean(inner)), slope), inverse);
      };
    },
  };
}
