import type { TrainModelInput } from '../contract/activities.js';
import type { TrialSummary } from '../contract/run-status.js';
import { rankTrials } from './rank-trials.js';

/** So many models an ensemble is chosen from: further ones cost time and hardly ever win. */
const maxCandidates = 50;

type Candidate = Pick<TrialSummary, 'number' | 'state' | 'value' | 'outcome'>;

/**
 * The best trials of a study, the best one first, with what they left.
 *
 * @param first the trial that was chosen, whatever its value
 */
export function listCandidates(
  trials: readonly Candidate[],
  first: number,
): TrainModelInput['trials'] {
  const ranked = rankTrials(trials).toSorted(
    (a, b) => Number(b.number === first) - Number(a.number === first),
  );
  return ranked
    .flatMap(({ number, outcome }) => (outcome === null ? [] : [{ number, outcome }]))
    .slice(0, maxCandidates);
}
