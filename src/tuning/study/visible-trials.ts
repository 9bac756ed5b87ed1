import type { StudyOrder } from '../../contract/study-order.js';
import { settledTrials } from './settled-trials.js';
import type { StudyTrial } from './study-trial.js';

/**
 * The earlier trials as the suggestion of trial `number` sees them, by number. In arrival order they are as they are. In
 * fixed order those up to `number - window` are as they ended, and the later ones count as running, ended or not.
 *
 * @param toRunning the trial as it was before it ended: what it tries, and no result
 */
export function visibleTrials<Trial extends StudyTrial>(
  order: StudyOrder,
  number: number,
  trials: readonly Trial[],
  toRunning: (trial: Trial) => Trial,
): readonly Trial[] {
  const settled = settledTrials(order, number, trials);
  const known = new Set(settled.map((trial) => trial.number));
  const others = trials.filter((trial) => trial.number < number && !known.has(trial.number));
  return [...settled, ...others.map(toRunning)].sort((a, b) => a.number - b.number);
}
