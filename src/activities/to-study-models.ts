import type { StudySettings } from '../contract/activities.js';
import { familyOf } from '../learning/families.js';
import { toDatasetTraits } from '../learning/to-dataset-traits.js';
import { extendSpace } from '../tuning/extend-space.js';
import type { StudyModel } from '../tuning/suggest-trial.js';

/**
 * The models of a study, with what is tried of each: its own space, and what the pipeline file says of it.
 *
 * @throws RecetaError `pipeline-invalid`: the pipeline's search space names what cannot be tried
 */
export function toStudyModels(settings: StudySettings): readonly StudyModel[] {
  const traits = toDatasetTraits(settings);
  return settings.models.map((model) => {
    const family = familyOf(model);
    const own = {
      model,
      space: family.searchSpace(traits),
      defaults: family.defaultParameters(traits),
      accepted: family.acceptedParameters,
    };
    return { model, ...extendSpace(own, settings.space) };
  });
}
