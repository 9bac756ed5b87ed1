import type { ActivationName } from '../../network/network.js';
import type { Ops, TensorLike } from '../ops.js';

/** act(x), and from a gradient by it the one by x. */
export interface Activated<T> {
  readonly output: T;
  backward(gradient: T): T;
}

/** Applies an activation function to each number. */
export function activate<T extends TensorLike>(
  ops: Ops<T>,
  name: ActivationName,
  x: T,
): Activated<T> {
  switch (name) {
    case 'relu': {
      const output = ops.relu(x);
      return { output, backward: (gradient) => ops.reluGradient(gradient, output) };
    }
    case 'selu': {
      const output = ops.selu(x);
      return { output, backward: (gradient) => ops.seluGradient(gradient, output) };
    }
    case 'mish':
      return activateMish(ops, x);
    case 'gelu':
      return activateGelu(ops, x);
    case 'tanh': {
      const output = ops.tanh(x);
      const one = ops.constant(1);
      return {
        output,
        backward: (gradient) => ops.mul(gradient, ops.sub(one, ops.square(output))),
      };
    }
  }
}

// tanh(softplus(x)) is 1 in float32 from here on, and the square of its exponential still far from overflow.
const mishSaturation = 20;

/**
 * x tanh(softplus(x)) (Misra 2019) with one exponential: for e = exp(x) and n = e (e + 2), tanh(softplus(x)) is
 * n / (n + 2) and its slope 4 e (e + 1) / (n + 2)^2.
 */
function activateMish<T extends TensorLike>(ops: Ops<T>, x: T): Activated<T> {
  const [one, two, four] = [ops.constant(1), ops.constant(2), ops.constant(4)];
  const e = ops.exp(ops.minimum(x, ops.constant(mishSaturation)));
  const n = ops.mul(e, ops.add(e, two));
  const below = ops.add(n, two);
  const gate = ops.div(n, below);
  return {
    output: ops.mul(x, gate),
    backward: (gradient) => {
      const above = ops.mul(ops.mul(e, four), ops.add(e, one));
      const gateSlope = ops.div(above, ops.square(below));
      return ops.mul(gradient, ops.add(gate, ops.mul(x, gateSlope)));
    },
  };
}

/** x times the normal distribution function (Hendrycks and Gimpel 2016). */
function activateGelu<T extends TensorLike>(ops: Ops<T>, x: T): Activated<T> {
  const half = ops.constant(0.5);
  const scaled = ops.mul(x, ops.constant(Math.SQRT1_2));
  const share = ops.add(ops.mul(ops.erf(scaled), half), half);
  return {
    output: ops.mul(x, share),
    backward: (gradient) => {
      const bell = ops.exp(ops.mul(ops.square(x), ops.constant(-0.5)));
      const density = ops.mul(bell, ops.constant(1 / Math.sqrt(2 * Math.PI)));
      return ops.mul(gradient, ops.add(share, ops.mul(x, density)));
    },
  };
}
