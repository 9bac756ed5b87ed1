import type { Checkpoint } from './checkpoint.js';
import { initialStoppingState, isFinished, updateStopping } from './early-stopping.js';
import type { NetworkTrainer } from './network-trainer.js';
import { trainingDiverged } from './training-diverged.js';
import type { EpochLosses, TrainingJob } from './training-job.js';

/** Where a training stands after a whole epoch. */
export type TrainingProgress = Pick<
  Checkpoint,
  'epoch' | 'bestParameters' | 'stopping' | 'history'
>;

export interface TrainingEvents {
  onEpoch(losses: EpochLosses, seconds: number): void;
  /** Awaited; called every `checkpointEveryEpochs` while there is more to train. */
  onCheckpoint(progress: TrainingProgress): Promise<void>;
  readonly nowMs: () => number;
}

/** Progress of a training that has not begun. */
export function startProgress(parameters: Float32Array): TrainingProgress {
  return { epoch: 0, bestParameters: parameters, stopping: initialStoppingState, history: [] };
}

/**
 * Trains epoch after epoch until the planned number is reached or the validation loss no longer improves.
 *
 * @param from where to go on; the trainer must be in the state of that epoch
 * @returns progress after the last epoch, with the parameters of the best one
 * @throws RecetaError `training-diverged` when a loss is not finite
 */
export async function trainNetwork(
  trainer: NetworkTrainer,
  job: Pick<TrainingJob, 'epochs' | 'checkpointEveryEpochs' | 'parameters'>,
  from: TrainingProgress,
  events: TrainingEvents,
): Promise<TrainingProgress> {
  let progress = from;
  while (!isFinished(progress.stopping, progress.epoch, job.epochs)) {
    const startedAtMs = events.nowMs();
    progress = await trainOneEpoch(trainer, job, progress);
    const seconds = (events.nowMs() - startedAtMs) / 1_000;
    // An epoch was just added.
    events.onEpoch(progress.history.at(-1) as EpochLosses, seconds);
    const finished = isFinished(progress.stopping, progress.epoch, job.epochs);
    if (!finished && progress.epoch % job.checkpointEveryEpochs === 0) {
      await events.onCheckpoint(progress);
    }
  }
  return progress;
}

async function trainOneEpoch(
  trainer: NetworkTrainer,
  job: Pick<TrainingJob, 'parameters'>,
  before: TrainingProgress,
): Promise<TrainingProgress> {
  const epoch = before.epoch + 1;
  const trainLoss = await trainer.trainEpoch(epoch);
  const validationLoss = trainer.validate();
  if (!Number.isFinite(trainLoss) || !Number.isFinite(validationLoss)) {
    throw trainingDiverged(epoch, { trainLoss, validationLoss }, job.parameters);
  }
  const stopping = updateStopping(before.stopping, epoch, validationLoss);
  return {
    epoch,
    stopping,
    bestParameters:
      stopping.bestEpoch === epoch ? trainer.readState().parameters : before.bestParameters,
    history: [...before.history, { epoch, trainLoss, validationLoss }],
  };
}
