import { RecetaError } from '../contract/errors.js';
import { bootstrapIntervals, resampleCount } from './bootstrap-intervals.js';
import { dummyRegression, type RegressionSummary } from './dummy-baseline.js';
import { evaluationReportFormat, type RegressionReport } from './evaluation-report.js';
import { quantile } from './quantile.js';
import { createRegressionMetrics } from './regression-metrics.js';
import { equalWeights } from './weighted-average.js';

export interface RegressionEvaluation {
  /** In original units, as the model answers them. */
  readonly predictions: Float64Array;
  /** In original units. */
  readonly targets: Float64Array;
  /** Of the feature program: averages of the train part. */
  readonly target: RegressionSummary;
  /** Decides which rows the bootstrap draws. */
  readonly seed: number;
}

const residualShares = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

/**
 * Reports how a regression did on the test part.
 *
 * @throws RecetaError dataset-invalid without rows; model-invalid for unusable predictions
 */
export function evaluateRegression(input: RegressionEvaluation): RegressionReport {
  const { predictions, targets, target, seed } = input;
  const rows = targets.length;
  if (rows === 0)
    throw new RecetaError('dataset-invalid', 'cannot evaluate: the test part is empty');
  const computeMetrics = createRegressionMetrics({ predictions, targets });
  // There are as many predictions as targets, or the metrics would have thrown.
  const residuals = targets.map((value, row) => value - (predictions[row] as number)).sort();
  return {
    format: evaluationReportFormat,
    task: 'regression',
    rows,
    metrics: computeMetrics(equalWeights(rows)),
    baseline: dummyRegression(target, targets),
    intervals: bootstrapIntervals(rows, computeMetrics, seed),
    resamples: resampleCount(rows),
    residualQuantiles: residualShares.map((share) => ({
      share,
      value: quantile(residuals, share),
    })),
  };
}
