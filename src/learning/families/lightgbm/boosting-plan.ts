import type { LossPlan, ObjectiveName } from '../../../contract/training-plan.js';
import type { TreesSpec } from '../../trees/trees-spec.js';

/** What LightGBM is to make small, and how that is measured; in its own words. */
export interface BoostingPlan {
  /** Setting of the objective, with what belongs to it. */
  readonly objective: string;
  /** Raw scores a row: 1, or the number of classes where they are more than two. */
  readonly scores: number;
  readonly answer: TreesSpec['answer'];
  /** Metrics to ask for: the loss first, then, where LightGBM knows it, the objective of the run. */
  readonly metrics: readonly string[];
  /** Where the objective of the run stands among the metrics; `null`: LightGBM does not know it. */
  readonly objectiveMetric: number | null;
  /** Whether that metric is better when higher. */
  readonly higherIsBetter: boolean;
}

/** @param classCount `null` for regression */
export function planBoosting(
  loss: LossPlan,
  objective: ObjectiveName,
  classCount: number | null,
): BoostingPlan {
  const { setting, metric } = toNativeLoss(loss, classCount);
  const isMulticlass = classCount !== null && classCount > 2;
  const wanted = toNativeMetric(objective, isMulticlass);
  const metrics = wanted === null || wanted === metric ? [metric] : [metric, wanted];
  return {
    objective: setting,
    scores: isMulticlass ? classCount : 1,
    answer: classCount === null ? 'identity' : isMulticlass ? 'softmax' : 'sigmoid',
    metrics,
    objectiveMetric: wanted === null ? null : metrics.length - 1,
    higherIsBetter: wanted === 'auc',
  };
}

interface NativeLoss {
  readonly setting: string;
  readonly metric: string;
}

function toNativeLoss(loss: LossPlan, classCount: number | null): NativeLoss {
  switch (loss.kind) {
    case 'squared':
      return { setting: 'objective=regression', metric: 'l2' };
    case 'absolute':
      return { setting: 'objective=regression_l1', metric: 'l1' };
    case 'huber':
      return { setting: `objective=huber alpha=${loss.delta}`, metric: 'huber' };
    case 'quantile':
      return { setting: `objective=quantile alpha=${loss.alpha}`, metric: 'quantile' };
    case 'cross-entropy':
      return classCount !== null && classCount > 2
        ? { setting: `objective=multiclass num_class=${classCount}`, metric: 'multi_logloss' }
        : { setting: 'objective=binary', metric: 'binary_logloss' };
  }
}

/** The metric that says the same as the objective on the same rows, up to rounding. */
function toNativeMetric(objective: ObjectiveName, isMulticlass: boolean): string | null {
  switch (objective) {
    case 'rmse':
      return 'rmse';
    case 'mae':
      return 'l1';
    case 'pinball':
      return 'quantile';
    case 'logLoss':
      return isMulticlass ? 'multi_logloss' : 'binary_logloss';
    // LightGBM takes ties between classes for errors, and its AUC of many classes is another one.
    case 'accuracy':
      return isMulticlass ? null : 'binary_error';
    case 'rocAuc':
      return isMulticlass ? null : 'auc';
  }
}
