import type { SuggestTrialInput, SuggestTrialResult } from '../contract/activities.js';
import type { ModelName } from '../contract/model-names.js';
import type { ParameterRange } from '../contract/search-space.js';
import { familyOf } from '../learning/families.js';
import type { DatasetTraits } from '../learning/family.js';
import { toDatasetTraits } from '../learning/to-dataset-traits.js';
import { extendSpace } from '../tuning/extend-space.js';
import { type StudyModel, suggestTrial as suggest } from '../tuning/suggest-trial.js';

/**
 * Chooses model and parameters of one trial; the recorded result is their only source.
 *
 * @throws RecetaError `pipeline-invalid`: the pipeline's search space names what cannot be tried
 */
export async function suggestTrial(input: SuggestTrialInput): Promise<SuggestTrialResult> {
  const { trials, seed, number } = input;
  const traits = toDatasetTraits(input);
  const models = input.models.map((name) => toStudyModel(name, traits, input.space));
  return { number, ...suggest({ models, trials, seed, number }) };
}

function toStudyModel(
  model: ModelName,
  traits: DatasetTraits,
  ranges: readonly ParameterRange[],
): StudyModel {
  const family = familyOf(model);
  const own = {
    model,
    space: family.searchSpace(traits),
    defaults: family.defaultParameters(traits),
    accepted: family.acceptedParameters,
  };
  return { model, ...extendSpace(own, ranges) };
}
