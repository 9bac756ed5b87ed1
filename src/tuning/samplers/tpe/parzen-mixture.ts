import type { RandomStream } from '../../../contract/random-stream.js';
import type { Parameters, ParameterValue } from '../../../contract/run-status.js';
import type { ParameterRange, SearchSpace } from '../../../contract/search-space.js';
import { logSumExp } from '../../../numerics/log-sum-exp.js';
import { toCategoricalColumn } from './categorical-column.js';
import type { KernelColumn } from './kernel-column.js';
import { toNumericColumn } from './numeric-column.js';
import { trialWeights } from './trial-weights.js';

/** A distribution over a whole space: a weighted sum whose terms are products of one kernel a parameter. */
export interface ParzenMixture {
  /** Continuous values are not rounded. */
  readonly draw: (random: RandomStream) => Parameters;
  readonly logDensity: (parameters: Parameters) => number;
}

/**
 * Fits a mixture to the parameters of trials: one term a trial, and one for the prior.
 *
 * @param trials parameters within the space, in the order of the trials' numbers
 */
export function fitParzenMixture(space: SearchSpace, trials: readonly Parameters[]): ParzenMixture {
  const weights = trialWeights(trials.length);
  const logWeights = weights.map(Math.log);
  const columns = space.map((range): readonly [string, KernelColumn] => [
    range.name,
    // The caller gives a value of its kind for every range.
    toColumn(
      range,
      trials.map((parameters) => parameters[range.name] as ParameterValue),
    ),
  ]);
  return {
    draw: (random) => {
      const kernel = drawIndex(weights, random);
      return Object.fromEntries(
        columns.map(([name, column]) => [name, column.draw(kernel, random)]),
      );
    },
    logDensity: (parameters) => {
      const sums = logWeights.slice();
      for (const [name, column] of columns) {
        column.addLogDensities(parameters[name] as ParameterValue, sums);
      }
      return logSumExp(sums);
    },
  };
}

function toColumn(range: ParameterRange, values: readonly ParameterValue[]): KernelColumn {
  if (range.kind === 'categorical') return toCategoricalColumn(range, values);
  // Values of a numeric range are numbers.
  return toNumericColumn(range, values as readonly number[]) as KernelColumn;
}

/** An index, each as likely as its weight says. */
function drawIndex(weights: Float64Array, random: RandomStream): number {
  let rest = random();
  const index = weights.findIndex((weight) => {
    rest -= weight;
    return rest < 0;
  });
  // The last one when rounding leaves something over.
  return index < 0 ? weights.length - 1 : index;
}
