import { RecetaError } from '../../../contract/errors.js';
import type { Parameters } from '../../../contract/run-status.js';
import type { SearchSpace } from '../../../contract/search-space.js';
import { validateParameters } from '../../../tuning/validate-parameters.js';

/** Hyperparameters of the multi-layer perceptron. */
export interface MlpParameters {
  /** Hidden layers. */
  readonly layers: number;
  /** Units of each hidden layer. */
  readonly width: number;
  /** Highest learning rate of the schedule. */
  readonly learningRate: number;
  readonly batchSize: number;
  /** Share of each hidden layer's outputs that is dropped while training. */
  readonly dropout: number;
  /** Decoupled weight decay, as a factor of the learning rate. */
  readonly weightDecay: number;
}

/** What is accepted at all; the search space lies well inside. */
export const acceptedParameters: SearchSpace = [
  { kind: 'int', name: 'layers', low: 1, high: 16 },
  { kind: 'int', name: 'width', low: 1, high: 4_096 },
  { kind: 'float', name: 'learningRate', low: 1e-9, high: 1e9 },
  { kind: 'int', name: 'batchSize', low: 1, high: 1_048_576 },
  { kind: 'float', name: 'dropout', low: 0, high: 0.95 },
  { kind: 'float', name: 'weightDecay', low: 0, high: 100 },
];

/**
 * Checks the parameters of a trial or training.
 *
 * @throws RecetaError `pipeline-invalid` with one problem for each that is missing, unknown, or out of range
 */
export function parseMlpParameters(parameters: Parameters): MlpParameters {
  const problems = validateParameters(acceptedParameters, parameters);
  if (problems.length > 0) {
    const found = problems.map((problem) => problem.message).join('; ');
    throw new RecetaError('pipeline-invalid', `Reading the parameters of an mlp: ${found}.`, {
      problems,
    });
  }
  // Every name was just found present and in range.
  return parameters as unknown as MlpParameters;
}
