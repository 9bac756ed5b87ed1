import type { CheckTrialInput, GivenTrial } from '../contract/activities.js';
import { RecetaError } from '../contract/errors.js';
import { familyOf } from '../learning/families.js';
import { validateParameters } from '../tuning/validate-parameters.js';
import { toStudyModels } from './to-study-models.js';

/**
 * Finds out whether given parameters can be tried, and adds the defaults of those that are not given. They may lie
 * outside of what the study tries by itself, but not outside of what the model takes.
 *
 * @throws RecetaError `request-invalid` with a problem for each parameter
 */
export async function checkTrial({ given, ...settings }: CheckTrialInput): Promise<GivenTrial> {
  const models = toStudyModels(settings);
  const study =
    given.model === null && models.length === 1
      ? models[0]
      : models.find(({ model }) => model === given.model);
  if (study === undefined) {
    const names = models.map(({ model }) => model).join(', ');
    throw refusal(
      `the study tries ${names}, and not ${given.model ?? 'a model that is left open'}`,
    );
  }
  const { model, defaults, space } = study;
  const parameters = { ...defaults, ...given.parameters };
  const features = space.filter(({ name }) => name.startsWith('features.'));
  const accepted = [...familyOf(model).acceptedParameters, ...features];
  const problems = validateParameters(accepted, parameters);
  if (problems.length === 0) return { model, parameters };
  throw new RecetaError(
    'request-invalid',
    `Checking parameters of ${model}: ${problems.map(({ message }) => message).join('; ')}.`,
    { problems },
  );
}

function refusal(found: string): RecetaError {
  return new RecetaError('request-invalid', `Checking given parameters: ${found}.`);
}
