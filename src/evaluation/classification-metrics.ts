import { RecetaError } from '../contract/errors.js';
import {
  accuracy,
  balancedAccuracy,
  type ConfusionMatrix,
  countConfusion,
  f1Macro,
  toClassMetrics,
} from './class-metrics.js';
import type { Metrics } from './metric-directions.js';
import { omitUndefined } from './omit-undefined.js';
import { createRocAuc } from './roc-auc.js';
import { weightedMean } from './weighted-average.js';

export interface ClassifiedRows {
  /** Rows x classes, row by row. */
  readonly probabilities: Float32Array;
  /** Class index of each row. */
  readonly targets: Int32Array;
  readonly classCount: number;
}

/** Metrics of some of the rows, each counted as often as its weight says. */
export interface WeightedClassification {
  readonly confusion: (weights: Uint32Array) => ConfusionMatrix;
  readonly metrics: (weights: Uint32Array) => Metrics;
}

/** Probabilities are kept this far from 0, as scikit-learn does for 32-bit floats. */
const smallestProbability = 2 ** -23;

/**
 * Prepares the metrics of a classifier, so that they can be computed for many resamples of its rows. The
 * class of the highest probability is predicted, of equal ones the first. `rocAuc` is there for two classes
 * that both have rows.
 *
 * @throws RecetaError model-invalid when probabilities are not finite or not as many as expected
 */
export function createClassificationMetrics(rows: ClassifiedRows): WeightedClassification {
  const { probabilities, targets, classCount } = rows;
  if (
    probabilities.length !== targets.length * classCount ||
    !probabilities.every(Number.isFinite)
  ) {
    throw new RecetaError(
      'model-invalid',
      `cannot evaluate the model: expected ${classCount} finite probabilities for each of ${targets.length} rows`,
    );
  }
  const predicted = predictClasses(rows);
  const losses = rowLosses(rows);
  const rocAuc = classCount === 2 ? createBinaryAuc(rows) : () => Number.NaN;
  const confusion = (weights: Uint32Array) =>
    countConfusion({ targets, predicted, classCount }, weights);
  const metrics = (weights: Uint32Array) => {
    const counts = confusion(weights);
    const classes = toClassMetrics(counts);
    return omitUndefined({
      accuracy: accuracy(counts),
      balancedAccuracy: balancedAccuracy(classes),
      f1Macro: f1Macro(classes),
      logLoss: weightedMean(losses, weights),
      rocAuc: rocAuc(weights),
    });
  };
  return { confusion, metrics };
}

function predictClasses({ probabilities, targets, classCount }: ClassifiedRows): Int32Array {
  return targets.map((_, row) => {
    const ofRow = probabilities.subarray(row * classCount, (row + 1) * classCount);
    return ofRow.indexOf(Math.max(...ofRow));
  });
}

/** Negative logarithm of the probability of each row's true class; sklearn.metrics.log_loss. */
function rowLosses({ probabilities, targets, classCount }: ClassifiedRows): Float64Array {
  return Float64Array.from(targets, (target, row) => {
    // Targets are class indexes below the count.
    const probability = probabilities[row * classCount + target] as number;
    return -Math.log(Math.min(1 - smallestProbability, Math.max(smallestProbability, probability)));
  });
}

function createBinaryAuc({ probabilities, targets }: ClassifiedRows) {
  // The second of each pair of probabilities.
  const scores = Float64Array.from(probabilities.filter((_, index) => index % 2 === 1));
  return createRocAuc(
    scores,
    Array.from(targets, (target) => target === 1),
  );
}
