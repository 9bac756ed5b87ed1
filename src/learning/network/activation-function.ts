import { erf } from '../../numerics/erf.js';
import type { ActivationName } from './network.js';

// Klambauer et al. 2017, "Self-normalizing neural networks".
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

const functions: Readonly<Record<ActivationName, (x: number) => number>> = {
  relu: (x) => Math.max(x, 0),
  selu: (x) => seluScale * (x > 0 ? x : seluAlpha * Math.expm1(x)),
  mish,
  gelu: (x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2)),
  tanh: Math.tanh,
};

/** The function that an activation layer applies to each value. */
export function activationFunction(name: ActivationName): (x: number) => number {
  return functions[name];
}

/** x tanh(log(1 + e^x)) with a single exponential; beyond 20 the factor is 1 to the last bit (Misra 2019). */
function mish(x: number): number {
  if (x > 20) return x;
  const power = Math.exp(x);
  const product = power * (power + 2);
  return x * (product / (product + 2));
}
