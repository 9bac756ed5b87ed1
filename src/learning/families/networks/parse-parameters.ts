import { RecetaError } from '../../../contract/errors.js';
import type { ModelName } from '../../../contract/model-names.js';
import type { Parameters } from '../../../contract/run-status.js';
import type { SearchSpace } from '../../../contract/search-space.js';
import { validateParameters } from '../../../tuning/validate-parameters.js';

/**
 * Checks the parameters of a trial or training.
 *
 * @param accepted ranges of everything in `Known`, and of nothing else
 * @throws RecetaError `pipeline-invalid` with one problem for each that is missing, unknown, or out of range
 */
export function parseParameters<Known>(
  model: ModelName,
  accepted: SearchSpace,
  parameters: Parameters,
): Known {
  const problems = validateParameters(accepted, parameters);
  if (problems.length > 0) {
    const found = problems.map(({ message }) => message).join('; ');
    throw new RecetaError('pipeline-invalid', `Reading the parameters of ${model}: ${found}.`, {
      problems,
    });
  }
  // Every name was just found present and in range.
  return parameters as unknown as Known;
}
