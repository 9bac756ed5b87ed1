/** Rows counted by true class (first index) and predicted class (second index). */
export type ConfusionMatrix = readonly (readonly number[])[];

export interface ClassMetrics {
  /** True rows of the class. */
  readonly rows: number;
  /** 0 when the class is never predicted. */
  readonly precision: number;
  /** 0 when the class has no rows. */
  readonly recall: number;
  /** Harmonic mean of both; 0 when both are 0. */
  readonly f1: number;
  /** Rows for which the class is predicted. */
  readonly predictedRows: number;
}

/**
 * Counts a confusion matrix.
 *
 * @param weights how often each row counts
 */
export function countConfusion(
  rows: {
    readonly targets: Int32Array;
    readonly predicted: Int32Array;
    readonly classCount: number;
  },
  weights: Uint32Array,
): ConfusionMatrix {
  const { targets, predicted, classCount } = rows;
  const counts = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  targets.forEach((target, row) => {
    // Targets and predictions are class indexes below the count.
    const ofTarget = counts[target] as number[];
    const index = predicted[row] as number;
    ofTarget[index] = (ofTarget[index] as number) + (weights[row] as number);
  });
  return counts;
}

/** Precision, recall and F1 of each class; sklearn.metrics.precision_recall_fscore_support, zero_division 0. */
export function toClassMetrics(confusion: ConfusionMatrix): ClassMetrics[] {
  return confusion.map((ofTarget, index) => {
    // The matrix is square.
    const hits = ofTarget[index] as number;
    const rows = sum(ofTarget);
    const predictedRows = sum(confusion.map((other) => other[index] as number));
    return {
      rows,
      precision: ratio(hits, predictedRows),
      recall: ratio(hits, rows),
      f1: ratio(2 * hits, rows + predictedRows),
      predictedRows,
    };
  });
}

/** Share of rows whose class is predicted. */
export function accuracy(confusion: ConfusionMatrix): number {
  // The matrix is square.
  const hits = sum(confusion.map((ofTarget, index) => ofTarget[index] as number));
  return ratio(hits, sum(confusion.map(sum)));
}

/** Mean recall of the classes that have rows; sklearn.metrics.balanced_accuracy_score. */
export function balancedAccuracy(classes: readonly ClassMetrics[]): number {
  const present = classes.filter((of) => of.rows > 0);
  return mean(present.map((of) => of.recall));
}

/** Mean F1 of the classes that have rows or are predicted; sklearn.metrics.f1_score(average='macro'). */
export function f1Macro(classes: readonly ClassMetrics[]): number {
  const seen = classes.filter((of) => of.rows + of.predictedRows > 0);
  return mean(seen.map((of) => of.f1));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return ratio(sum(values), values.length);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
