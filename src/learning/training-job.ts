import type { Task } from '../contract/pipeline-plan.js';
import type { TrainingBackend } from '../contract/run-record.js';
import type { Parameters } from '../contract/run-status.js';
import type { NetworkSpec } from './network.js';

/** One training of one model. Data goes by file path only. */
export interface TrainingJob {
  readonly task: Task;
  /** Number of classes; `null` for regression. */
  readonly classCount: number | null;
  /** All hyperparameters of the family. */
  readonly parameters: Parameters;
  /** Upper bound; the learning-rate schedule spans it, early stopping may end sooner. */
  readonly epochs: number;
  readonly seed: number;
  readonly checkpointEveryEpochs: number;
  /**
   * Safetensors: `x` F32 [rows, features]; `y` F32 [rows] (scaled target) or I32 [rows] (class index); where rows have
   * weights, `w` F32 [rows].
   */
  readonly trainPath: string;
  /** Same form as `trainPath`. */
  readonly validationPath: string;
  /** A checkpoint of an equal job to go on from. */
  readonly resumePath: string | null;
  /** Existing folder for checkpoints and the weights. */
  readonly outputDir: string;
}

/** Losses after one epoch; the validation loss is the objective: log loss, or RMSE of the scaled target. */
export interface EpochLosses {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number;
}

export interface EpochReport extends EpochLosses {
  readonly epochs: number;
  /** Wall-clock time of this epoch. */
  readonly seconds: number;
  readonly resumedFromEpoch: number | null;
}

export interface CheckpointReport {
  readonly epoch: number;
  readonly path: string;
  readonly platformKey: string;
}

export interface TrainingResult {
  readonly bestEpoch: number;
  /** Validation loss of the best epoch. */
  readonly value: number;
  readonly epochsRun: number;
  /** Path of the safetensors file with the weights of the best epoch. */
  readonly weights: string;
  readonly network: NetworkSpec;
  readonly history: readonly EpochLosses[];
  readonly resumedFromEpoch: number | null;
  readonly backend: TrainingBackend;
  readonly platformKey: string;
}

/** What the training process gets: the job and the backend it must run on. */
export interface TrainingProcessJob extends TrainingJob {
  readonly backendName: TrainingBackend['name'];
}

export type TrainingMessage =
  | { readonly kind: 'epoch'; readonly report: EpochReport }
  | { readonly kind: 'checkpoint'; readonly report: CheckpointReport };
