import type { NetworkSpec } from '../network/network.js';
import { layoutNetwork } from '../network/parameter-layout.js';
import { createForward } from './forward.js';
import { NetworkPass } from './network-pass.js';
import type { Ops, TensorLike } from './ops.js';

export type Answer<T> = (parameters: T, buffers: T, x: T) => T;

/**
 * Prepares answers as at prediction: class probabilities or the scaled target, members averaged.
 *
 * @returns from parameters, buffers and x [rows, inputWidth] the answers [rows, outputs]; of `sigmoid` 2 outputs
 */
export function createAnswer<T extends TensorLike>(ops: Ops<T>, network: NetworkSpec): Answer<T> {
  const layout = layoutNetwork(network);
  const forward = createForward(ops, network);
  return (parameters, buffers, x) => {
    const pass = new NetworkPass(ops, layout, { parameters, buffers }, null);
    const { output } = forward(pass, x);
    const answers = toAnswers(ops, network.output, output);
    const single = output.shape.length === 3 ? ops.mean(answers, [0]) : answers;
    if (network.output !== 'sigmoid') return single;
    return ops.concat([ops.sub(ops.constant(1), single), single], 1);
  };
}

function toAnswers<T extends TensorLike>(ops: Ops<T>, output: NetworkSpec['output'], logits: T): T {
  if (output === 'linear') return logits;
  return output === 'sigmoid' ? ops.sigmoid(logits) : ops.exp(ops.logSoftmax(logits));
}
