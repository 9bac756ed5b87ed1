import type { ReadTrialsInput } from '../contract/activities.js';
import { RecetaError } from '../contract/errors.js';
import type { SuggestedTrial } from '../contract/tuning-study.js';
import type { ActivityDependencies } from './activity-dependencies.js';

/**
 * What trials were given, in the order of the numbers.
 *
 * @throws RecetaError `artifact-not-found` when the store lacks one
 */
export async function readTrials(
  { studies }: Pick<ActivityDependencies, 'studies'>,
  { runId, numbers }: ReadTrialsInput,
): Promise<readonly SuggestedTrial[]> {
  return Promise.all(
    numbers.map(async (number) => {
      const stored = await studies.read(runId, number);
      if (stored !== null) return stored.suggested;
      throw new RecetaError(
        'artifact-not-found',
        `Reading the trials of a study: the store lacks trial ${number}. Start the run again.`,
      );
    }),
  );
}
