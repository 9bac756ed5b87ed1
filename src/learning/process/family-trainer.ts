import type { Tensor } from '../../artifacts/safetensors.js';
import type { NetworkBackendName, TrainingBackend } from '../../contract/run-record.js';
import type { PredictorSpec } from '../model/predictor-spec.js';
import type { TrainingData } from './training-data.js';
import type { EpochLosses, TrainingJob } from './training-job.js';

/** What a training carries from one epoch to the next, in a form that every family fills with its own. */
export interface CheckpointState {
  readonly epoch: number;
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** JSON. */
  readonly fields: unknown;
}

/** The surroundings of one training inside the training process. */
export interface TrainingContext {
  readonly job: TrainingJob;
  readonly train: TrainingData;
  readonly validation: TrainingData;
  readonly networks: NetworkBackendName;
  /** Where to go on; of an equal job on an equal platform, that was checked. */
  readonly resumed: CheckpointState | null;
  readonly nowMs: () => number;
  /**
   * Judges answers for the validation rows as trials are judged.
   *
   * @param answers rows x outputs: class probabilities, or the scaled target
   */
  judge(answers: Float32Array): {
    readonly value: number;
    readonly metrics: EpochLosses['metrics'];
  };
  onEpoch(losses: EpochLosses, seconds: number): void;
  /** Writes a checkpoint if one is due; `read` is called only then. */
  offerCheckpoint(epoch: number, read: () => Omit<CheckpointState, 'epoch'>): Promise<void>;
  /** Awaited between pieces of work of at most a second, so that the process can hear that it is to end. */
  breathe(): Promise<void>;
}

export interface TrainedFamily {
  readonly predictor: PredictorSpec;
  readonly weights: Readonly<Record<string, Tensor>>;
  /** Of the best epoch, by the trainer: rows x outputs. */
  readonly predictions: Float32Array;
  readonly bestEpoch: number;
  readonly value: number;
  readonly epochsRun: number;
  readonly history: readonly EpochLosses[];
  readonly importance: Readonly<Record<string, number>> | null;
  /** As it was found, after loading. */
  readonly backend: TrainingBackend;
}

/**
 * Trains one model in this process. The same job and data give the same bits, resumed or not.
 *
 * Errors: `training-diverged`, `backend-unavailable`, `pipeline-invalid`, `dataset-invalid`.
 */
export type FamilyTrainer = (context: TrainingContext) => Promise<TrainedFamily>;
