import type { NetworkPass, Passed } from '../network-pass.js';
import type { TensorLike } from '../ops.js';

/** A linear layer of its own for each member: (members x rows) x inputs becomes members x rows x units. */
export function passMemberHeads<T extends TensorLike>(
  pass: NetworkPass<T>,
  prefix: string,
  x: T,
): Passed<T> {
  const { ops, gradients } = pass;
  const weight = pass.value(`${prefix}weight`);
  const [count = 1, inputs = 0, units = 0] = weight.shape;
  const rows = (x.shape[0] ?? 0) / count;
  const byMember = ops.reshape(x, [count, rows, inputs]);
  const bias = ops.reshape(pass.value(`${prefix}bias`), [count, 1, units]);
  return {
    output: ops.add(ops.matMul(byMember, weight), bias),
    backward(gradient) {
      gradients.set(`${prefix}weight`, ops.matMul(byMember, gradient, { transposeA: true }));
      gradients.set(`${prefix}bias`, ops.sum(gradient, [1]));
      return () => {
        const slope = ops.matMul(gradient, weight, { transposeB: true });
        return ops.reshape(slope, [count * rows, inputs]);
      };
    },
  };
}
