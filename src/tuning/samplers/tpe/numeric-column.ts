import type { RandomStream } from '../../../contract/random-stream.js';
import type { FloatRange, IntRange } from '../../../contract/search-space.js';
import { logGaussianMass } from '../../../numerics/log-gaussian-mass.js';
import { truncatedGaussianQuantile } from '../../../numerics/truncated-gaussian-quantile.js';
import { fitNumericKernels, type NumericKernels } from './fit-numeric-kernels.js';
import type { KernelColumn } from './kernel-column.js';
import { type NumericScale, toNumericScale } from './numeric-scale.js';

const halfLogTwoPi = Math.log(2 * Math.PI) / 2;

/**
 * Kernels of a float or whole number. Those of stepped ranges have masses, each value standing for all within half a
 * step; those of continuous ranges have densities on the scale of the range.
 *
 * @param values of the trials, within the range
 */
export function toNumericColumn(
  range: FloatRange | IntRange,
  values: readonly number[],
): KernelColumn<number> {
  const scale = toNumericScale(range);
  const kernels = fitNumericKernels(scale, values);
  const { means, deviations } = kernels;
  const draw = (kernel: number, random: RandomStream): number => {
    // A kernel of the column.
    const [mean, deviation] = [means[kernel] as number, deviations[kernel] as number];
    const low = (scale.low - mean) / deviation;
    const high = (scale.high - mean) / deviation;
    return scale.toValue(mean + deviation * truncatedGaussianQuantile(random(), low, high));
  };
  const addLogDensities =
    scale.toCell === null
      ? continuousDensities(scale, kernels)
      : steppedMasses(scale, kernels, scale.toCell);
  return { draw, addLogDensities };
}

type AddLogDensities = KernelColumn<number>['addLogDensities'];

function continuousDensities(scale: NumericScale, kernels: NumericKernels): AddLogDensities {
  const { means, deviations } = kernels;
  const logPeaks = logMassesBetween(scale.low, scale.high, kernels).map(
    (logMass, i) => -halfLogTwoPi - Math.log(deviations[i] as number) - logMass,
  );
  return (value, sums) => {
    const position = scale.toPosition(value);
    for (let i = 0; i < sums.length; i += 1) {
      // All arrays have one element a kernel.
      const distance = (position - (means[i] as number)) / (deviations[i] as number);
      sums[i] = (sums[i] as number) + (logPeaks[i] as number) - (distance * distance) / 2;
    }
  };
}

function steppedMasses(
  scale: NumericScale,
  kernels: NumericKernels,
  toCell: NonNullable<NumericScale['toCell']>,
): AddLogDensities {
  const wholes = logMassesBetween(scale.low, scale.high, kernels);
  /** Candidates often have the same value. */
  const known = new Map<number, Float64Array>();
  return (value, sums) => {
    const masses = known.get(value) ?? logMassesBetween(...toCell(value), kernels);
    known.set(value, masses);
    for (let i = 0; i < sums.length; i += 1) {
      // All arrays have one element a kernel.
      sums[i] = (sums[i] as number) + (masses[i] as number) - (wholes[i] as number);
    }
  };
}

function logMassesBetween(
  left: number,
  right: number,
  { means, deviations }: NumericKernels,
): Float64Array {
  return means.map((mean, i) => {
    // One deviation a mean.
    const deviation = deviations[i] as number;
    return logGaussianMass((left - mean) / deviation, (right - mean) / deviation);
  });
}
