import { expect, test } from 'vitest';
import type { LossPlan, ObjectiveName } from '../../../contract/training-plan.js';
import { planBoosting } from './boosting-plan.js';

const crossEntropy: LossPlan = { kind: 'cross-entropy' };

test.each<[LossPlan, ObjectiveName, number | null, object]>([
  [{ kind: 'squared' }, 'rmse', null, { metrics: ['l2', 'rmse'], objectiveMetric: 1 }],
  [{ kind: 'absolute' }, 'mae', null, { metrics: ['l1'], objectiveMetric: 0 }],
  [{ kind: 'huber', delta: 2 }, 'mae', null, { objective: 'objective=huber alpha=2' }],
  [{ kind: 'quantile', alpha: 0.1 }, 'pinball', null, { metrics: ['quantile'], scores: 1 }],
  [crossEntropy, 'logLoss', 2, { metrics: ['binary_logloss'], answer: 'sigmoid', scores: 1 }],
  [crossEntropy, 'rocAuc', 2, { metrics: ['binary_logloss', 'auc'], higherIsBetter: true }],
  [crossEntropy, 'logLoss', 4, { objective: 'objective=multiclass num_class=4', scores: 4 }],
  [crossEntropy, 'accuracy', 4, { metrics: ['multi_logloss'], objectiveMetric: null }],
])(
  '%j judged by %s over %s classes is said in the words of LightGBM',
  (loss, objective, classes, plan) => {
    expect(planBoosting(loss, objective, classes)).toMatchObject(plan);
  },
);
