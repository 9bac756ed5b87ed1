import type { NetworkPass, Passed } from '../network-pass.js';
import type { TensorLike } from '../ops.js';

/**
 * Copies of each row, one a member, each times the member's own factors (TabM, Gorishniy et al. 2025). What follows
 * sees members x rows as one long batch, member after member.
 */
export function passMembers<T extends TensorLike>(
  pass: NetworkPass<T>,
  prefix: string,
  x: T,
): Passed<T> {
  const { ops, gradients } = pass;
  const [rows = 0, width = 0] = x.shape;
  const stored = pass.value(`${prefix}factors`);
  const [count = 1] = stored.shape;
  const factors = ops.reshape(stored, [count, 1, width]);
  const row = ops.reshape(x, [1, rows, width]);
  return {
    output: ops.reshape(ops.mul(row, factors), [count * rows, width]),
    backward(gradient) {
      const byMember = ops.reshape(gradient, [count, rows, width]);
      gradients.set(`${prefix}factors`, ops.sum(ops.mul(byMember, row), [1]));
      return () => ops.sum(ops.mul(byMember, factors), [0]);
    },
  };
}
