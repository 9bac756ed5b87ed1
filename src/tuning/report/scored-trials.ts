import { rankTrials } from '../rank-trials.js';
import type { ReportTrial } from './report-trial.js';

/** The complete trials that have a finite value, in the order of their numbers: those that pictures of values show. */
export function scoredTrials(
  trials: readonly ReportTrial[],
): readonly (ReportTrial & { readonly value: number })[] {
  return [...rankTrials(trials)].sort((a, b) => a.number - b.number);
}
