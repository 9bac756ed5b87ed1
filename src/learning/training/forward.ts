import type { NetworkSpec } from '../network/network.js';
import { layoutNetwork } from '../network/parameter-layout.js';
import { createEncoder } from './encoders/create-encoder.js';
import { passLayer } from './layers/pass-layer.js';
import type { NetworkPass, Passed } from './network-pass.js';
import type { Ops, TensorLike } from './ops.js';

/** A whole network after its forward pass; the way back leaves the gradients of all parameters in the pass. */
export interface NetworkPassed<T> {
  /** Of the last layer: [rows, units], or [members, rows, units]. */
  readonly output: T;
  backward(gradient: T): void;
}

/** Prepares a network: encoder and layers one after the other. */
export function createForward<T extends TensorLike>(
  ops: Ops<T>,
  network: NetworkSpec,
): (pass: NetworkPass<T>, x: T) => NetworkPassed<T> {
  const encode = createEncoder(ops, network.encoder, network.inputWidth);
  const first = findFirstLearned(network);
  return (pass, x) => {
    const stages: Passed<T>[] = [encode(pass, x)];
    for (const [index, layer] of network.layers.entries()) {
      // The encoder is there before the first layer.
      const { output } = stages.at(-1) as Passed<T>;
      stages.push(passLayer(pass, layer, index, output));
    }
    return {
      output: (stages.at(-1) as Passed<T>).output,
      backward(gradient) {
        let slope = gradient;
        for (const [back, stage] of stages.slice(first).toReversed().entries()) {
          const toInput = stage.backward(slope);
          const isLast = back === stages.length - first - 1;
          if (!isLast) slope = toInput();
        }
      },
    };
  };
}

/** Stage at which the way back ends: the encoder, which is 0, or the first layer with parameters. */
function findFirstLearned(network: NetworkSpec): number {
  const names = layoutNetwork(network).parameters.map(({ name }) => name);
  const prefixes = ['encoder.', ...network.layers.map((_, index) => `layers.${index}.`)];
  return prefixes.findIndex((prefix) => names.some((name) => name.startsWith(prefix)));
}
