import type { EpochRates } from './epoch-trainer.js';
import type { NetworkTrainingPlan, ScheduleName } from './network-training-plan.js';
import { findPlateauShare, shareAt } from './schedules.js';

/** Which epoch of a training it is. */
export interface EpochPosition {
  /** From 1. */
  readonly epoch: number;
  readonly stepsPerEpoch: number;
  /** Of all epochs before; lower is better. */
  readonly objectives: readonly number[];
}

/** Settings of each step of an epoch. */
export function computeEpochRates(
  plan: NetworkTrainingPlan,
  { epoch, stepsPerEpoch, objectives }: EpochPosition,
): EpochRates {
  const totalSteps = plan.epochs * stepsPerEpoch;
  const plateau = findPlateauShare(objectives, plan.plateauPatience);
  const spread = (full: number, schedule: ScheduleName): Float32Array =>
    Float32Array.from({ length: stepsPerEpoch }, (_, step) => {
      // The middle of a step stands for it, so that even a training of one step learns.
      const t = ((epoch - 1) * stepsPerEpoch + step + 0.5) / totalSteps;
      return full * (schedule === 'plateau' ? plateau : shareAt(schedule, t));
    });
  return {
    learningRate: spread(plan.learningRate, plan.learningRateSchedule),
    weightDecay: spread(plan.weightDecay, plan.weightDecaySchedule),
    dropout: spread(1, plan.dropoutSchedule),
  };
}
