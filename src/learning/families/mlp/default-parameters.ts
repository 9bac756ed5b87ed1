import type { Task } from '../../../contract/pipeline-plan.js';
import { batchSizeFor } from './batch-size-for.js';
import type { MlpParameters } from './parse-parameters.js';

/** A data set as far as good hyperparameters depend on it. */
export interface DatasetTraits {
  readonly task: Task;
  readonly trainRows: number;
}

/** Parameters that do well without tuning; the first trial of each study. */
export function defaultParameters({
  trainRows,
}: DatasetTraits): MlpParameters & Record<string, number> {
  const small = trainRows <= 4_000;
  return {
    layers: small ? 2 : 3,
    width: small ? 64 : 128,
    learningRate: small ? 0.003 : 0.01,
    batchSize: batchSizeFor(trainRows),
    dropout: 0,
    weightDecay: 0.05,
  };
}
