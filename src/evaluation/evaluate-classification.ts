import { RecetaError } from '../contract/errors.js';
import { bootstrapIntervals, resampleCount } from './bootstrap-intervals.js';
import { toClassMetrics } from './class-metrics.js';
import { createClassificationMetrics } from './classification-metrics.js';
import { dummyClassification } from './dummy-baseline.js';
import { type ClassificationReport, evaluationReportFormat } from './evaluation-report.js';
import { equalWeights } from './weighted-average.js';

export interface ClassificationEvaluation {
  /** Rows x classes, row by row, as the model answers them. */
  readonly probabilities: Float32Array;
  /** Class index of each row. */
  readonly targets: Int32Array;
  /** Of the feature program: labels of the classes and their shares in the train part. */
  readonly target: { readonly classes: readonly string[]; readonly priors: readonly number[] };
  /** Decides which rows the bootstrap draws. */
  readonly seed: number;
}

/**
 * Reports how a classifier did on the test part.
 *
 * @throws RecetaError dataset-invalid without rows; model-invalid for unusable probabilities
 */
export function evaluateClassification(input: ClassificationEvaluation): ClassificationReport {
  const { probabilities, targets, target, seed } = input;
  const rows = targets.length;
  if (rows === 0)
    throw new RecetaError('dataset-invalid', 'cannot evaluate: the test part is empty');
  const classCount = target.classes.length;
  const { metrics, confusion } = createClassificationMetrics({
    probabilities,
    targets,
    classCount,
  });
  const counts = confusion(equalWeights(rows));
  const ofClasses = toClassMetrics(counts);
  return {
    format: evaluationReportFormat,
    task: 'classification',
    rows,
    metrics: metrics(equalWeights(rows)),
    baseline: dummyClassification(target.priors, targets),
    intervals: bootstrapIntervals(rows, metrics, seed),
    resamples: resampleCount(rows),
    // There is one label for each class.
    classes: ofClasses.map((of, index) => ({ label: target.classes[index] as string, ...of })),
    confusion: counts,
  };
}
