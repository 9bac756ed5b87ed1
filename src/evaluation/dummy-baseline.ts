import { createClassificationMetrics } from './classification-metrics.js';
import type { Metrics } from './metric-directions.js';
import { createRegressionMetrics } from './regression-metrics.js';
import { equalWeights } from './weighted-average.js';

/** What is known of the targets of the train part; targets of feature programs have it. */
export interface RegressionSummary {
  readonly transform: string;
  readonly trainMean: number;
  readonly trainMedian: number;
}

/**
 * Metrics of a classifier that looks at no feature: it answers each class's share of the train part for
 * every row, and so always predicts the most frequent class.
 *
 * @param targets class indexes of the test part
 */
export function dummyClassification(priors: readonly number[], targets: Int32Array): Metrics {
  const classCount = priors.length;
  const probabilities = new Float32Array(targets.length * classCount);
  targets.forEach((_, row) => {
    probabilities.set(priors, row * classCount);
  });
  const { metrics } = createClassificationMetrics({ probabilities, targets, classCount });
  return metrics(equalWeights(targets.length));
}

/**
 * Metrics of a regression that looks at no feature: it answers the mean of the train part for every row,
 * or the median where the target is learned on a logarithm.
 *
 * @param targets of the test part in original units
 */
export function dummyRegression(summary: RegressionSummary, targets: Float64Array): Metrics {
  const { transform, trainMean, trainMedian } = summary;
  const answer = transform === 'none' ? trainMean : trainMedian;
  const predictions = new Float64Array(targets.length).fill(answer);
  return createRegressionMetrics({ predictions, targets })(equalWeights(targets.length));
}
