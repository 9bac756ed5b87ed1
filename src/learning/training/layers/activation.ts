import type { ActivationName } from '../../network/network.js';
import type { NetworkPass, Passed } from '../network-pass.js';
import type { TensorLike } from '../ops.js';
import { activate } from './activations.js';

/** act(x); `parametric`: x + a (act(x) - x) with a learned a for each unit. */
export function passActivation<T extends TensorLike>(
  pass: NetworkPass<T>,
  prefix: string,
  layer: { readonly activation: ActivationName; readonly parametric: boolean },
  x: T,
): Passed<T> {
  const { ops, gradients } = pass;
  const activated = activate(ops, layer.activation, x);
  if (!layer.parametric) {
    return {
      output: activated.output,
      backward: (gradient) => () => activated.backward(gradient),
    };
  }
  const alpha = pass.value(`${prefix}alpha`);
  const change = ops.sub(activated.output, x);
  return {
    output: ops.add(x, ops.mul(change, alpha)),
    backward(gradient) {
      gradients.set(`${prefix}alpha`, ops.biasGradient(ops.mul(gradient, change)));
      return () => {
        const share = ops.mul(gradient, alpha);
        return ops.add(ops.sub(gradient, share), activated.backward(share));
      };
    },
  };
}
