import { createClassificationMetrics } from '../evaluation/classification-metrics.js';
import type { Metrics } from '../evaluation/metric-directions.js';
import { createRegressionMetrics } from '../evaluation/regression-metrics.js';
import { equalWeights } from '../evaluation/weighted-average.js';
import type { ColumnTable } from '../features/column-table.js';
import { decodeRegression } from '../features/decode-regression.js';
import { encodeTarget, targetNumbers } from '../features/encode-target.js';
import type { FeatureProgram } from '../features/feature-program.js';

/**
 * Metrics of answers for rows of the test part.
 *
 * @param answers rows x outputs of the model, row-major
 */
export function scoreTestRows(
  { program }: { readonly program: FeatureProgram },
  table: ColumnTable,
  answers: Float32Array,
): Metrics {
  const { target } = program;
  const weights = equalWeights(table.rowCount);
  if (target.task === 'regression') {
    const predictions = toNumbers(program, answers);
    return createRegressionMetrics({ predictions, targets: targetNumbers(program, table) })(
      weights,
    );
  }
  const targets = toClassIndexes(program, table);
  const classCount = target.classes.length;
  return createClassificationMetrics({ probabilities: answers, targets, classCount }).metrics(
    weights,
  );
}

/** Answers of a regression in original units. */
export function toNumbers(program: FeatureProgram, answers: Float32Array): Float64Array {
  return Float64Array.from(answers, (scaled) => decodeRegression(program, scaled));
}

/** The target of a classification; it is one of classes, so it is encoded as their indexes. */
export function toClassIndexes(program: FeatureProgram, table: ColumnTable): Int32Array {
  return encodeTarget(program, table) as Int32Array;
}
