import { drawWeights } from '../../src/evaluation/draw-weights.js';
import { quantile } from '../../src/evaluation/quantile.js';
import { createRocAuc } from '../../src/evaluation/roc-auc.js';
import type { QualityMetric } from './quality-tables.js';

/** What is compared: answers for the test rows of one split. */
export interface TestAnswers {
  /** The value, the probability of the second class, or the number of the class. */
  readonly own: Float64Array;
  readonly peer: Float64Array;
  /** The value, or the number of the class. */
  readonly truth: Float64Array;
}

const resamples = 1000;

/** Metric of answers with rows counted as often as their weights say. */
function createMetric(
  metric: QualityMetric,
  answers: Float64Array,
  truth: Float64Array,
  classCount: number,
): (weights: Uint32Array) => number {
  if (metric === 'auc') {
    return createRocAuc(
      answers,
      [...truth].map((value) => value === 1),
    );
  }
  const errors = answers.map((answer, row) => {
    const actual = truth[row] as number;
    if (metric === 'rmse') return (answer - actual) ** 2;
    const chosen = classCount === 2 ? Number(answer > 0.5) : answer;
    return Number(chosen === actual);
  });
  return (weights) => {
    let [sum, count] = [0, 0];
    for (let row = 0; row < errors.length; row += 1) {
      // There are as many weights as rows.
      const weight = weights[row] as number;
      sum += weight * (errors[row] as number);
      count += weight;
    }
    return metric === 'rmse' ? Math.sqrt(sum / count) : sum / count;
  };
}

/** Metric over all rows. */
export function measureAnswers(
  metric: QualityMetric,
  answers: Float64Array,
  truth: Float64Array,
  classCount: number,
): number {
  return createMetric(metric, answers, truth, classCount)(new Uint32Array(truth.length).fill(1));
}

/**
 * Percentile-bootstrap interval (95 %) of the difference own - peer, averaged over splits: both are measured on the
 * same drawn rows.
 */
export function pairedInterval(
  metric: QualityMetric,
  splits: readonly TestAnswers[],
  classCount: number,
): { readonly low: number; readonly high: number } {
  const differences = new Float64Array(resamples);
  for (const [split, { own, peer, truth }] of splits.entries()) {
    const ownMetric = createMetric(metric, own, truth, classCount);
    const peerMetric = createMetric(metric, peer, truth, classCount);
    for (let resample = 0; resample < resamples; resample += 1) {
      const weights = drawWeights(truth.length, split, resample);
      const difference = ownMetric(weights) - peerMetric(weights);
      differences[resample] = (differences[resample] as number) + difference / splits.length;
    }
  }
  const sorted = differences.sort();
  return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}
