import type { SuggestTrialInput, SuggestTrialResult } from '../contract/activities.js';
import type { SuggestedTrial } from '../contract/tuning-study.js';
import { suggestTrial as suggest } from '../tuning/suggest-trial.js';
import { trialSeed } from '../tuning/trial-seed.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { toObservedTrials } from './to-observed-trials.js';
import { toStudyModels } from './to-study-models.js';

/**
 * Chooses model and parameters of one trial from what earlier ones were given and how those ended that it may see. What
 * is stored first stays: a second attempt answers the same, whatever has happened since.
 *
 * @throws RecetaError `pipeline-invalid`: the pipeline's search space names what cannot be tried
 */
export async function suggestTrial(
  { studies }: Pick<ActivityDependencies, 'studies'>,
  input: SuggestTrialInput,
): Promise<SuggestTrialResult> {
  const { runId, number, running, settled, given, seed, sampler, warmStarts } = input;
  await studies.settle(runId, settled);
  const stored = await studies.read(runId, number);
  if (stored !== null) return stored.suggested;
  const trials = toObservedTrials(await studies.readFirst(runId, number), new Set(running));
  const models = toStudyModels(input);
  const chosen =
    given === null
      ? suggest({ models, warmStarts, sampler, trials, seed, number })
      : { ...given, sampler: 'enqueued' };
  if (chosen === null) return null;
  const trial: SuggestedTrial = { number, ...chosen, seed: trialSeed(seed, number) };
  return studies.suggest(runId, trial);
}
