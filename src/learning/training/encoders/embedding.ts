import type { IndexInput } from '../../network/network.js';
import type { NetworkPass } from '../network-pass.js';
import type { TensorLike } from '../ops.js';

/** Replaces the index in a column of the rows by the learned vector of that index. */
export function passEmbedding<T extends TensorLike>(
  pass: NetworkPass<T>,
  { position, cardinality }: IndexInput,
  index: number,
  x: T,
): { readonly output: T; readonly backward: (gradient: T) => void } {
  const { ops, gradients } = pass;
  const name = `encoder.embeddings.${index}`;
  const rows = x.shape[0] ?? 0;
  const indices = ops.toInt(ops.reshape(ops.slice(x, [0, position], [rows, 1]), [rows]));
  return {
    output: ops.gatherRows(pass.value(name), indices),
    backward: (gradient) => {
      gradients.set(name, ops.sumByIndex(gradient, indices, cardinality));
    },
  };
}
