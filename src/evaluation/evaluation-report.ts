import type { MetricIntervals } from './bootstrap-intervals.js';
import type { ConfusionMatrix } from './class-metrics.js';
import type { Metrics } from './metric-directions.js';
import type { ColumnImportance } from './permutation-importance.js';

export const evaluationReportFormat = 'receta-evaluation/1';

/** How a model did on the test part; plain JSON. */
export type EvaluationReport = ClassificationReport | RegressionReport;

interface ReportOf<Task> {
  readonly format: typeof evaluationReportFormat;
  readonly task: Task;
  /** Of the test part. */
  readonly rows: number;
  readonly metrics: Metrics;
  /** Metrics of a dummy on the same rows. */
  readonly baseline: Metrics;
  /** 95 % intervals by bootstrap. */
  readonly intervals: MetricIntervals;
  /** Resamples on which the intervals rest. */
  readonly resamples: number;
}

/** Which columns the model depends on, by permutation on rows of the test part. */
export interface ImportanceReport {
  /** The loss that shuffling a column raises. */
  readonly metric: 'rmse' | 'logLoss';
  readonly rows: number;
  readonly repeats: number;
  /** The most important first. */
  readonly columns: readonly ColumnImportance[];
}

/** What is stored of an evaluation. */
export type ExplainedReport = EvaluationReport & { readonly importance: ImportanceReport };

export interface ClassificationReport extends ReportOf<'classification'> {
  readonly classes: readonly ClassReport[];
  /** Rows by true class (first index) and predicted class, in the order of `classes`. */
  readonly confusion: ConfusionMatrix;
}

export interface ClassReport {
  readonly label: string;
  readonly rows: number;
  readonly predictedRows: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface RegressionReport extends ReportOf<'regression'> {
  /** Of target minus prediction, in original units. */
  readonly residualQuantiles: readonly { readonly share: number; readonly value: number }[];
}
