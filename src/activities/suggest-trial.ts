import type { SuggestTrialInput, SuggestTrialResult } from '../contract/activities.js';
import { defaultParameters } from '../learning/families/mlp/default-parameters.js';
import { acceptedParameters } from '../learning/families/mlp/parse-parameters.js';
import { searchSpace } from '../learning/families/mlp/search-space.js';
import { extendSpace } from '../tuning/extend-space.js';
import { suggestTrial as suggest } from '../tuning/suggest-trial.js';

/**
 * Chooses the parameters of one trial; the recorded result is their only source.
 *
 * @throws RecetaError `pipeline-invalid`: the pipeline's search space names what cannot be tried
 */
export async function suggestTrial(input: SuggestTrialInput): Promise<SuggestTrialResult> {
  const { task, trainRows, trials, seed, number } = input;
  const traits = { task, trainRows };
  const { space, defaults } = extendSpace(
    {
      space: searchSpace(traits),
      defaults: defaultParameters(traits),
      accepted: acceptedParameters,
    },
    input.space,
  );
  return { number, ...suggest({ space, defaults, trials, seed, number }) };
}
