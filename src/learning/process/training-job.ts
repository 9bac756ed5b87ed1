import type { ModelName } from '../../contract/model-names.js';
import type { Task } from '../../contract/pipeline-plan.js';
import type { NetworkBackendName, TrainingBackend } from '../../contract/run-record.js';
import type { Parameters } from '../../contract/run-status.js';
import type { LossPlan, ObjectiveName } from '../../contract/training-plan.js';
import type { FeatureOutput } from '../../features/feature-program.js';
import type { PredictorSpec } from '../model/predictor-spec.js';

/** One training of one model. Data goes by file path only. */
export interface TrainingJob {
  readonly model: ModelName;
  readonly task: Task;
  /** Number of classes; `null` for regression. */
  readonly classCount: number | null;
  readonly loss: LossPlan;
  readonly objective: ObjectiveName;
  readonly classWeights: 'none' | 'balanced';
  /** All hyperparameters of the model. */
  readonly parameters: Parameters;
  /** What the numbers of a feature row are. */
  readonly outputs: readonly FeatureOutput[];
  /** Upper bound (of lightgbm: trees); schedules span it, early stopping may end sooner. */
  readonly epochs: number;
  readonly seed: number;
  /** While a training goes on, a checkpoint is written at the first epoch that ends so long after the last one. */
  readonly checkpointEveryMs: number;
  /**
   * Safetensors: `x` F32 [rows, features]; `y` F32 [rows] (scaled target) or I32 [rows] (class index); where rows have
   * weights, `w` F32 [rows].
   */
  readonly trainPath: string;
  /** Same form as `trainPath`. */
  readonly validationPath: string;
  /** A checkpoint of an equal job to go on from. */
  readonly resumePath: string | null;
  /** Existing folder for checkpoints, weights and predictions. */
  readonly outputDir: string;
}

/** After one epoch, over the whole validation part. */
export interface EpochLosses {
  readonly epoch: number;
  readonly trainLoss: number;
  /** The objective; lower is better. */
  readonly validationLoss: number;
  /** Metrics by name: rmse, mae, r2 of the scaled target; or logLoss, accuracy, and rocAuc of two classes. */
  readonly metrics: Readonly<Record<string, number>>;
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
  /** Objective in the best epoch. */
  readonly value: number;
  readonly epochsRun: number;
  readonly predictor: PredictorSpec;
  /** Path of the safetensors file with the weights of the best epoch. */
  readonly weights: string;
  /** Path of the safetensors file with `p` F32 [rows, outputs]: what the trainer answers for the validation part. */
  readonly predictions: string;
  readonly history: readonly EpochLosses[];
  /** Importance of feature outputs by name, where the family measures it while it learns; adds up to 1. */
  readonly importance: Readonly<Record<string, number>> | null;
  readonly resumedFromEpoch: number | null;
  readonly backend: TrainingBackend;
  readonly platformKey: string;
}

/** What the training process gets: the job and the backend on which it is to train networks. */
export interface TrainingProcessJob extends TrainingJob {
  readonly networks: NetworkBackendName;
}

export type TrainingMessage =
  | { readonly kind: 'epoch'; readonly report: EpochReport }
  | { readonly kind: 'checkpoint'; readonly report: CheckpointReport };
