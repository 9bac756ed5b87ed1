import { minimizeInBox } from '../../../numerics/box-lbfgs.js';
import type { Kernel } from './kernel.js';
import { createKernelEvidence } from './kernel-evidence.js';

/** No logarithm leaves these bounds, far beyond what the priors let pass. */
const bound = 12;
const options = { mostIterations: 100, gradientTolerance: 0.01, valueTolerance: 1e-4 };

/**
 * The kernel under which the values are most probable, searched from 1 for weights, scale and noise.
 *
 * @param values mean 0, variance 1
 */
export function fitKernel(
  points: readonly Float64Array[],
  values: Float64Array,
  isCategorical: Uint8Array,
): Kernel {
  const dimensions = isCategorical.length;
  const { evaluate, toKernel } = createKernelEvidence(points, values, isCategorical);
  const box = {
    low: new Float64Array(dimensions + 2).fill(-bound),
    high: new Float64Array(dimensions + 2).fill(bound),
  };
  return toKernel(minimizeInBox(evaluate, new Float64Array(dimensions + 2), box, options).point);
}
