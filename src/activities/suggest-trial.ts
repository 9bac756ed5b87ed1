import type { SuggestTrialInput, SuggestTrialResult } from '../contract/activities.js';
import { defaultParameters } from '../learning/families/mlp/default-parameters.js';
import { searchSpace } from '../learning/families/mlp/search-space.js';
import { suggestTrial as suggest } from '../tuning/suggest-trial.js';

/** Chooses the parameters of one trial; the recorded result is their only source. */
export async function suggestTrial(input: SuggestTrialInput): Promise<SuggestTrialResult> {
  const { task, trainRows, trials, seed, number } = input;
  const traits = { task, trainRows };
  const space = searchSpace(traits);
  const defaults = defaultParameters(traits);
  return { number, ...suggest({ space, defaults, trials, seed, number }) };
}
