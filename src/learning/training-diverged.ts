import { RecetaError } from '../contract/errors.js';
import type { Parameters } from '../contract/run-status.js';

/** The error of a training whose loss is no longer a finite number. */
export function trainingDiverged(
  epoch: number,
  losses: { readonly trainLoss: number; readonly validationLoss: number },
  parameters: Parameters,
): RecetaError {
  const { trainLoss, validationLoss } = losses;
  const [name, value] = Number.isFinite(trainLoss)
    ? ['validation loss', validationLoss]
    : ['train loss', trainLoss];
  return new RecetaError(
    'training-diverged',
    `Training: the ${name} became ${value} in epoch ${epoch} with ${JSON.stringify(parameters)}. ` +
      'Try a smaller learningRate (a tenth), then a larger batchSize; look for extreme values in the columns.',
  );
}
