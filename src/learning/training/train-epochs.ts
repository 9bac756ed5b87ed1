import type { Parameters } from '../../contract/run-status.js';
import type { TrainingContext } from '../process/family-trainer.js';
import type { EpochLosses } from '../process/training-job.js';
import { isFinished, updateStopping } from './early-stopping.js';
import { computeEpochRates } from './epoch-rates.js';
import type { EpochTrainer } from './epoch-trainer.js';
import type { NetworkTrainingPlan } from './network-training-plan.js';
import { trainingDiverged } from './training-diverged.js';
import { type TrainingProgress, toCheckpoint } from './training-progress.js';

/** What the loop over epochs needs of its surroundings. */
export type EpochEvents = Pick<
  TrainingContext,
  'judge' | 'onEpoch' | 'offerCheckpoint' | 'nowMs'
> & { readonly job: { readonly parameters: Parameters } };

/**
 * Trains epoch after epoch until the planned number is reached or the objective no longer improves.
 *
 * @param from where to go on; the trainer must be in the state of that epoch
 * @returns progress after the last epoch, with the network of the best one
 * @throws RecetaError `training-diverged` when a loss, an answer or an objective is not finite
 */
export async function trainEpochs(
  trainer: EpochTrainer,
  plan: NetworkTrainingPlan,
  from: TrainingProgress,
  events: EpochEvents,
): Promise<TrainingProgress> {
  let progress = from;
  while (!isFinished(progress.stopping, progress.epoch, plan)) {
    const startedAtMs = events.nowMs();
    progress = await trainOneEpoch(trainer, plan, progress, events);
    const seconds = (events.nowMs() - startedAtMs) / 1_000;
    // An epoch was just added.
    events.onEpoch(progress.history.at(-1) as EpochLosses, seconds);
    if (isFinished(progress.stopping, progress.epoch, plan)) break;
    const done = progress;
    await events.offerCheckpoint(done.epoch, () => toCheckpoint(done, trainer.readState()));
  }
  return progress;
}

async function trainOneEpoch(
  trainer: EpochTrainer,
  plan: NetworkTrainingPlan,
  before: TrainingProgress,
  events: EpochEvents,
): Promise<TrainingProgress> {
  const epoch = before.epoch + 1;
  const { stepsPerEpoch } = trainer;
  const objectives = before.history.map(({ validationLoss }) => validationLoss);
  const rates = computeEpochRates(plan, { epoch, stepsPerEpoch, objectives });
  const trainLoss = await trainer.trainEpoch(epoch, rates);
  assertFinite(epoch, 'train loss', trainLoss, events);
  const predictions = await trainer.answerValidation();
  const lost = predictions.find((answer) => !Number.isFinite(answer));
  if (lost !== undefined) throw trainingDiverged(epoch, 'answer', lost, events.job.parameters);
  const { value, metrics } = events.judge(predictions);
  assertFinite(epoch, 'objective', value, events);
  const stopping = updateStopping(before.stopping, epoch, value, plan.ties);
  const isBest = stopping.bestEpoch === epoch;
  return {
    epoch,
    stopping,
    best: isBest ? readBest(trainer, predictions, epoch, events) : before.best,
    history: [...before.history, { epoch, trainLoss, validationLoss: value, metrics }],
  };
}

/** A ReLU makes 0 of NaN, so that a network may answer numbers although its parameters are none. */
function readBest(
  trainer: EpochTrainer,
  predictions: Float32Array,
  epoch: number,
  { job }: EpochEvents,
): TrainingProgress['best'] {
  const { parameters, average, buffers } = trainer.readState();
  const lost = parameters.find((value) => !Number.isFinite(value));
  if (lost !== undefined) throw trainingDiverged(epoch, 'network', lost, job.parameters);
  return { parameters: average ?? parameters, buffers, predictions };
}

function assertFinite(epoch: number, what: string, value: number, { job }: EpochEvents): void {
  if (!Number.isFinite(value)) throw trainingDiverged(epoch, what, value, job.parameters);
}
