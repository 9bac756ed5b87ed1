import type { CheckpointState, TrainingContext } from '../../../process/family-trainer.js';
import { judge } from '../../../process/judge.js';
import type { EpochLosses, TrainingProcessJob } from '../../../process/training-job.js';
import { createRows, outputs } from './boosting-data.js';

export const parameters = {
  learningRate: 0.03,
  numLeaves: 7,
  minDataInLeaf: 5,
  baggingFraction: 0.7,
  featureFraction: 0.8,
  lambdaL1: 0,
  lambdaL2: 0,
  catSmooth: 10,
  catL2: 10,
};

interface Recorded {
  readonly context: TrainingContext;
  /** As they would be stored: nothing that changes later changes them. */
  readonly checkpoints: CheckpointState[];
  readonly reports: EpochLosses[];
}

/** A training on made-up rows, in this process, that keeps what it reports. */
export function createContext(
  job: Partial<TrainingProcessJob> = {},
  surroundings: Partial<TrainingContext> = {},
): Recorded {
  const { classCount = null, objective = 'rmse', loss = { kind: 'squared' } } = job;
  const [train, validation] = [createRows(600, 1, classCount), createRows(300, 2, classCount)];
  const checkpoints: CheckpointState[] = [];
  const reports: EpochLosses[] = [];
  const task = classCount === null ? 'regression' : 'classification';
  const rows = surroundings.validation ?? validation;
  const judged = { task, y: rows.classes ?? rows.y, w: rows.w } as const;
  const alpha = loss.kind === 'quantile' ? { alpha: loss.alpha } : {};
  const context: TrainingContext = {
    job: {
      ...{ model: 'lightgbm', task, classCount, loss, objective, classWeights: 'none' },
      ...{ parameters, outputs, epochs: 120, seed: 7, checkpointEveryMs: 0, networks: 'wasm' },
      ...{ trainPath: '', validationPath: '', resumePath: null, outputDir: '' },
      ...job,
    },
    ...{ train, validation, networks: 'wasm', resumed: null, nowMs: () => 0 },
    judge: (answers) => judge(objective, answers, { ...judged, ...alpha }),
    onEpoch: (losses) => reports.push(losses),
    offerCheckpoint: async (epoch, read) => {
      checkpoints.push(structuredClone({ epoch, ...read() }));
    },
    breathe: async () => undefined,
    ...surroundings,
  };
  return { context, checkpoints, reports };
}
