import {
  fillWhitenedCovariances,
  type GaussianProcess,
  predict,
  predictFrom,
  toPointGradient,
} from './gaussian-process.js';
import { logImprovement } from './log-improvement.js';

/** How much a point promises, higher being better; writes the gradient if asked for, 0 on categorical axes. */
export type Acquisition = (point: Float64Array, gradient?: Float64Array) => number;

/** Added to every variance, so that the logarithm of what is certain stays finite. */
const leastVariance = 1e-12;

/**
 * Logarithm of the expected improvement on the lowest value. Awaited trials are taken to end as the process expects
 * (kriging believer: Ginsbourger, Le Riche and Carraro, "Kriging is well-suited to parallelize optimization", 2010), so
 * that nothing is expected near them.
 *
 * @param values observed, in the order of the process's points
 */
export function createAcquisition(process: GaussianProcess, values: Float64Array): Acquisition {
  const believed = process.points
    .slice(process.observedCount)
    .map((point) => predict(process, point).mean);
  const lowest = [...values, ...believed].reduce((least, value) => Math.min(least, value));
  const covariances = new Float64Array(process.points.length);
  return (point, gradient) => {
    fillWhitenedCovariances(process, point, covariances);
    const { mean, variance } = predictFrom(process, covariances);
    const deviation = Math.sqrt(variance + leastVariance);
    const z = (lowest - mean) / deviation;
    const { value, slope } = logImprovement(z);
    if (gradient !== undefined) {
      const byMean = -slope / deviation;
      const byVariance = (1 - z * slope) / (2 * deviation * deviation);
      const slopes = covariances.map(
        (covariance, index) => byMean * at(process.whitened, index) - 2 * byVariance * covariance,
      );
      gradient.set(toPointGradient(process, point, slopes));
    }
    return value + Math.log(deviation);
  };
}

/** Indexes here are inside the arrays. */
function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
