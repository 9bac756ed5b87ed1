import type { TrainModelInput } from '../contract/activities.js';
import type { TrialSummary } from '../contract/run-status.js';
import { rankTrials } from './rank-trials.js';

/** So many models an ensemble is chosen from: further ones cost time and hardly ever win. */
const maxCandidates = 50;

/** The best trials of a study, the best one first, with what they left. */
export function listCandidates(trials: readonly TrialSummary[]): TrainModelInput['trials'] {
  return rankTrials(trials)
    .flatMap(({ number, outcome }) => (outcome === null ? [] : [{ number, outcome }]))
    .slice(0, maxCandidates);
}
