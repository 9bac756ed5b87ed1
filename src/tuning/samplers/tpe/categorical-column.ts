import type { RandomStream } from '../../../contract/random-stream.js';
import type { ParameterValue } from '../../../contract/run-status.js';
import type { CategoricalRange } from '../../../contract/search-space.js';
import type { KernelColumn } from './kernel-column.js';

/**
 * Kernels of a choice: that of a trial gives its own value a weight of 1 more than the others, which share that of the
 * prior; the more trials, the less is left for the others.
 *
 * Categorical kernels of Optuna 5 (`TPESampler`).
 *
 * @param values of the trials, among the choices
 */
export function toCategoricalColumn(
  { choices }: CategoricalRange,
  values: readonly ParameterValue[],
): KernelColumn {
  const probabilities = categoricalKernels(
    choices.length,
    values.map((value) => choices.indexOf(value)),
  );
  const logProbabilities = probabilities.map((kernel) => kernel.map(Math.log));
  const draw = (kernel: number, random: RandomStream): ParameterValue => {
    let rest = random();
    const index = probabilities[kernel]?.findIndex((probability) => {
      rest -= probability;
      return rest < 0;
    });
    // The last choice when rounding leaves something over; choices are not empty.
    return choices.at(index ?? -1) as ParameterValue;
  };
  const addLogDensities = (value: ParameterValue, sums: Float64Array): void => {
    const index = choices.indexOf(value);
    for (const [i, kernel] of logProbabilities.entries()) {
      // One kernel a sum, and one probability a choice.
      sums[i] = (sums[i] as number) + (kernel[index] as number);
    }
  };
  return { draw, addLogDensities };
}

/**
 * Probabilities of the choices in the kernel of every trial, and after them in that of the prior.
 *
 * @param indices of the trials' choices
 */
export function categoricalKernels(
  choiceCount: number,
  indices: readonly number[],
): readonly Float64Array[] {
  const priorWeight = 1 / (indices.length + 1);
  const sum = priorWeight * choiceCount + 1;
  return [
    ...indices.map((index) => {
      const kernel = new Float64Array(choiceCount).fill(priorWeight / sum);
      kernel[index] = (priorWeight + 1) / sum;
      return kernel;
    }),
    new Float64Array(choiceCount).fill(1 / choiceCount),
  ];
}
