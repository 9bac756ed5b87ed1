import type { StoredTrial } from '../artifacts/study-store.js';
import { RecetaError } from '../contract/errors.js';
import type { StudyTrial } from '../tuning/suggest-trial.js';

/**
 * Earlier trials as a sampler may see them.
 *
 * @param stored by number
 * @param running those of which it may not know how they end
 * @throws RecetaError `artifact-not-found` when the store lacks what it was given before
 */
export function toObservedTrials(
  stored: readonly (StoredTrial | null)[],
  running: ReadonlySet<number>,
): readonly StudyTrial[] {
  return stored.map((trial, number): StudyTrial => {
    if (trial === null) throw isMissing(`what trial ${number} was given`);
    const { model, parameters } = trial.suggested;
    if (running.has(number)) {
      return { number, model, parameters, state: 'running', value: null, reached: null };
    }
    if (trial.settled === null) throw isMissing(`how trial ${number} ended`);
    const { state, value, reached } = trial.settled;
    return { number, model, parameters, state, value, reached };
  });
}

function isMissing(what: string): RecetaError {
  return new RecetaError(
    'artifact-not-found',
    `Reading the trials of a study: the store lacks ${what}. Start the run again.`,
  );
}
