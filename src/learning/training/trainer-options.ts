import type { Tfjs } from '../backend/load-backend.js';
import type { TrainingData } from '../process/training-data.js';
import type { TrainerState } from './epoch-trainer.js';
import type { NetworkTrainingPlan } from './network-training-plan.js';

/** What every `EpochTrainer` is made from. */
export interface TrainerOptions {
  readonly tf: Tfjs;
  readonly plan: NetworkTrainingPlan;
  readonly train: TrainingData;
  readonly validation: TrainingData;
  readonly seed: number;
  /** Where to begin: `createTrainerState`, or what a checkpoint holds. It is copied. */
  readonly state: TrainerState;
  /** Existing folder for files of the moment; default: that of the system. */
  readonly scratchDir?: string;
  /** Awaited between pieces of work of at most a second, so that the process can hear that it is to end. */
  readonly breathe: () => Promise<void>;
}
