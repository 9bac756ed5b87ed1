import type { NetworkPass, Passed } from '../network-pass.js';
import type { TensorLike } from '../ops.js';

/** x W + b, of rows x inputs; `ntk` divides by the root of the number of inputs (Jacot et al. 2018). */
export function passDense<T extends TensorLike>(
  pass: NetworkPass<T>,
  prefix: string,
  parameterization: 'standard' | 'ntk',
  x: T,
): Passed<T> {
  const { ops, gradients } = pass;
  const stored = pass.value(`${prefix}weight`);
  const [inputs = 1] = stored.shape;
  // Scaling the weight costs less than scaling the rows, of which there are mostly more.
  const factor = parameterization === 'ntk' ? ops.constant(1 / Math.sqrt(inputs)) : null;
  const weight = factor === null ? stored : ops.mul(stored, factor);
  return {
    output: ops.biasAdd(ops.matMul(x, weight), pass.value(`${prefix}bias`)),
    backward(gradient) {
      const slope = ops.matMul(x, gradient, { transposeA: true });
      gradients.set(`${prefix}weight`, factor === null ? slope : ops.mul(slope, factor));
      gradients.set(`${prefix}bias`, ops.biasGradient(gradient));
      return () => ops.matMul(gradient, weight, { transposeB: true });
    },
  };
}
