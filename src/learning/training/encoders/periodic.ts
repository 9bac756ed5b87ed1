import type { NetworkPass } from '../network-pass.js';
import type { TensorLike } from '../ops.js';

/**
 * Periodic embedding of each number beside the number itself (PBLD of RealMLP): [cos(2 pi x w1 + b1) W2 + b2, x].
 *
 * @param x [rows, n]
 * @returns [rows, n (size + 1)]
 */
export function passPeriodic<T extends TensorLike>(
  pass: NetworkPass<T>,
  x: T,
): { readonly output: T; readonly backward: (gradient: T) => void } {
  const { ops, gradients } = pass;
  const weight = pass.value('encoder.weight');
  const [n = 0, frequencies = 0, size = 0] = weight.shape;
  const rows = x.shape[0] ?? 0;
  // Number after number, so that those with their own matrices are one batched product.
  const column = ops.reshape(ops.transpose(x, [1, 0]), [n, rows, 1]);
  const row = (name: string, width: number): T =>
    ops.reshape(pass.value(`encoder.${name}`), [n, 1, width]);
  const turns = ops.mul(row('frequencies', frequencies), ops.constant(2 * Math.PI));
  const angles = ops.add(ops.mul(column, turns), row('phases', frequencies));
  const waves = ops.cos(angles);
  const mixed = ops.add(ops.matMul(waves, weight), row('bias', size));
  const joined = ops.transpose(ops.concat([mixed, column], 2), [1, 0, 2]);
  return {
    output: ops.reshape(joined, [rows, n * (size + 1)]),
    backward: (gradient) => {
      const byRow = ops.reshape(gradient, [rows, n, size + 1]);
      const slope = ops.transpose(ops.slice(byRow, [0, 0, 0], [rows, n, size]), [1, 0, 2]);
      gradients.set('encoder.weight', ops.matMul(waves, slope, { transposeA: true }));
      gradients.set('encoder.bias', ops.sum(slope, [1]));
      const waveSlope = ops.matMul(slope, weight, { transposeB: true });
      const angleSlope = ops.neg(ops.mul(waveSlope, ops.sin(angles)));
      gradients.set('encoder.phases', ops.sum(angleSlope, [1]));
      const turnSlope = ops.sum(ops.mul(angleSlope, column), [1]);
      gradients.set('encoder.frequencies', ops.mul(turnSlope, ops.constant(2 * Math.PI)));
    },
  };
}
