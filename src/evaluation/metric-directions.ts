import type { Task } from '../contract/pipeline-plan.js';

/**
 * Every metric with the direction in which it is better. Definitions are those of scikit-learn's functions
 * accuracy_score, balanced_accuracy_score, f1_score (macro), log_loss, roc_auc_score,
 * root_mean_squared_error, mean_absolute_error, median_absolute_error and r2_score; rmseLog is the root
 * mean squared error of natural logarithms.
 */
export const metricDirections = {
  accuracy: 'higher',
  balancedAccuracy: 'higher',
  f1Macro: 'higher',
  logLoss: 'lower',
  rocAuc: 'higher',
  rmse: 'lower',
  mae: 'lower',
  medianAbsoluteError: 'lower',
  r2: 'higher',
  rmseLog: 'lower',
} as const satisfies Record<string, 'higher' | 'lower'>;

export type MetricName = keyof typeof metricDirections;

/** Metrics by name; one that is not defined for the rows is absent, so all values are finite. */
export type Metrics = Readonly<Partial<Record<MetricName, number>>>;

/** Narrows a text, e.g. of a pipeline file, to the name of a metric. */
export function isMetricName(name: string): name is MetricName {
  return Object.hasOwn(metricDirections, name);
}

/** The metric that stands for a model where there is room for one only. */
export function primaryMetric(task: Task): MetricName {
  return task === 'classification' ? 'accuracy' : 'rmse';
}
