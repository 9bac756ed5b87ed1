import type { StudyOrder } from '../../contract/study-order.js';
import { canStartTrial } from './can-start-trial.js';
import type { StudyTrial } from './study-trial.js';

/**
 * The trials that decisions about trial `number` look at when they compare results: pruning it, and ending the study
 * before it. In fixed order those up to `number - window`, which have ended; otherwise all others as they are.
 */
export function settledTrials<Trial extends StudyTrial>(
  order: StudyOrder,
  number: number,
  trials: readonly Trial[],
): readonly Trial[] {
  if (order.kind === 'arrival') return trials.filter((trial) => trial.number !== number);
  if (!canStartTrial(order, number, trials)) {
    throw new Error(`in fixed order, trial ${number} has to wait for trials before it`);
  }
  return trials
    .filter((trial) => trial.number <= number - order.window)
    .sort((a, b) => a.number - b.number);
}
