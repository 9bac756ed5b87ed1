import type { Label } from '../features/labels.js';

/** Answers for a batch of rows, in the order of the rows. */
export interface PredictionBatch {
  /** Numbers in original units for regression, labels in their original JSON type for classification. */
  readonly predictions: readonly Label[];
  /** Probability by class for each row; null unless asked for. */
  readonly probabilities: readonly Readonly<Record<string, number>>[] | null;
}

export interface PredictOptions {
  readonly probabilities?: boolean;
  /** Name of the list of rows in the request, for the paths of problems; default `instances`. */
  readonly path?: string;
}
