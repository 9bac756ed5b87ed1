import { RecetaError } from '../../contract/errors.js';
import type { Parameters } from '../../contract/run-status.js';

/**
 * The error of a training in which a number is no longer finite.
 *
 * @param what the first such number, e.g. `train loss`
 */
export function trainingDiverged(
  epoch: number,
  what: string,
  value: number,
  parameters: Parameters,
): RecetaError {
  return new RecetaError(
    'training-diverged',
    `Training: the ${what} became ${value} in epoch ${epoch} with ${JSON.stringify(parameters)}. ` +
      'Try a smaller learningRate (a tenth), then a larger batchSize; look for extreme values in the columns.',
  );
}
