import { RecetaError } from '../contract/errors.js';
import type { Metrics } from './metric-directions.js';
import { omitUndefined } from './omit-undefined.js';
import { createWeightedMedian, weightedMean } from './weighted-average.js';

/** Both in original units. */
export interface PredictedRows {
  readonly predictions: Float64Array;
  readonly targets: Float64Array;
}

/**
 * Prepares the metrics of a regression, so that they can be computed for many resamples of its rows.
 * `rmseLog` is there when all targets and predictions are above 0; `r2` of targets that are all equal is 1
 * for perfect predictions and 0 for others, as scikit-learn has it, and is absent for a single row.
 *
 * @returns the metrics of the rows, each counted as often as its weight says
 * @throws RecetaError model-invalid when predictions are not finite or not as many as targets
 */
export function createRegressionMetrics(rows: PredictedRows): (weights: Uint32Array) => Metrics {
  const { predictions, targets } = rows;
  if (predictions.length !== targets.length || !predictions.every(Number.isFinite)) {
    throw new RecetaError(
      'model-invalid',
      `cannot evaluate the model: expected one finite prediction for each of ${targets.length} rows`,
    );
  }
  // There are as many predictions as targets, here and below.
  const errors = targets.map((target, row) => target - (predictions[row] as number));
  const absolute = errors.map(Math.abs);
  const squared = errors.map((error) => error * error);
  const squaredLog = toSquaredLogErrors(rows);
  const median = createWeightedMedian(absolute);
  return (weights) =>
    omitUndefined({
      rmse: Math.sqrt(weightedMean(squared, weights)),
      mae: weightedMean(absolute, weights),
      medianAbsoluteError: median(weights),
      r2: determination(targets, squared, weights),
      ...(squaredLog && { rmseLog: Math.sqrt(weightedMean(squaredLog, weights)) }),
    });
}

/** Coefficient of determination; sklearn.metrics.r2_score with force_finite. */
function determination(targets: Float64Array, squared: Float64Array, weights: Uint32Array): number {
  if (targets.length < 2) return Number.NaN;
  const mean = weightedMean(targets, weights);
  const distances = targets.map((target) => (target - mean) ** 2);
  const variance = weightedMean(distances, weights);
  const error = weightedMean(squared, weights);
  if (variance > 0) return 1 - error / variance;
  return error === 0 ? 1 : 0;
}

function toSquaredLogErrors({ predictions, targets }: PredictedRows): Float64Array | null {
  const isPositive = (value: number) => value > 0;
  if (!targets.every(isPositive) || !predictions.every(isPositive)) return null;
  return targets.map(
    (target, row) => (Math.log(target) - Math.log(predictions[row] as number)) ** 2,
  );
}
