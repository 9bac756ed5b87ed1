import type { StudyOrder } from '../../contract/study-order.js';
import type { StudyTrial } from './study-trial.js';

/**
 * Whether a trial may be suggested and started now: all before it have been, and in fixed order those up to
 * `number - window` have ended.
 */
export function canStartTrial(
  order: StudyOrder,
  number: number,
  trials: readonly StudyTrial[],
): boolean {
  const states = new Map(trials.map((trial) => [trial.number, trial.state]));
  for (let before = 0; before < number; before += 1) {
    const state = states.get(before);
    if (state === undefined) return false;
    const hasToHaveEnded = order.kind === 'fixed' && before <= number - order.window;
    if (hasToHaveEnded && state === 'running') return false;
  }
  return true;
}
