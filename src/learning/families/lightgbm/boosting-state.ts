import type { Tensor } from '../../../artifacts/safetensors.js';
import { RecetaError } from '../../../contract/errors.js';
import type { CheckpointState } from '../../process/family-trainer.js';
import type { EpochLosses } from '../../process/training-job.js';
import { formatTreeText, parseTreeText, type TreeText } from '../../trees/tree-text.js';

/** What a boosting carries from one segment to the next. */
export interface BoostingState {
  /** Iterations grown. */
  iterations: number;
  /** Iteration with the lowest objective on the validation rows; 0: none yet. */
  bestIteration: number;
  bestValue: number;
  /** What the best iteration answers for the validation rows: scores x rows, as LightGBM gives them. */
  bestAnswers: Float64Array;
  /** The model so far; `null` before the first segment has ended. */
  text: TreeText | null;
  /** Raw scores of all iterations so far: scores x rows. */
  trainScores: Float64Array;
  validationScores: Float64Array;
  history: EpochLosses[];
  /** Whether nothing is left to split. */
  finished: boolean;
}

/** @param size scores x rows of the parts */
export function startBoosting(size: {
  readonly train: number;
  readonly validation: number;
}): BoostingState {
  return {
    iterations: 0,
    bestIteration: 0,
    bestValue: Number.POSITIVE_INFINITY,
    bestAnswers: new Float64Array(size.validation),
    text: null,
    trainScores: new Float64Array(size.train),
    validationScores: new Float64Array(size.validation),
    history: [],
    finished: false,
  };
}

/** @throws RecetaError `internal` before the first segment has ended */
export function toCheckpoint(state: BoostingState): Omit<CheckpointState, 'epoch'> {
  const { bestIteration, bestValue, history, text } = state;
  if (text === null) throw new RecetaError('internal', 'Training lightgbm: there is no tree yet.');
  const vector = (data: Float64Array): Tensor => ({ dtype: 'F64', shape: [data.length], data });
  return {
    tensors: {
      trees: toTreesTensor(text),
      trainScores: vector(state.trainScores),
      validationScores: vector(state.validationScores),
      bestAnswers: vector(state.bestAnswers),
    },
    fields: { bestIteration, bestValue, history },
  };
}

export function fromCheckpoint({ epoch, tensors, fields }: CheckpointState): BoostingState {
  // The checkpoint is of an equal job, so this code wrote it; only the vectors' alignment may call for a copy.
  const { history, ...stopping } = fields as Pick<
    BoostingState,
    'bestIteration' | 'bestValue' | 'history'
  >;
  const vector = (name: string): Float64Array => Float64Array.from(tensors[name]?.data ?? []);
  return {
    ...stopping,
    iterations: epoch,
    history: [...history],
    finished: false,
    text: parseTreeText(new TextDecoder().decode(tensors.trees?.data as Uint8Array)),
    trainScores: vector('trainScores'),
    validationScores: vector('validationScores'),
    bestAnswers: vector('bestAnswers'),
  };
}

/** The model as the tensor that is stored. */
export function toTreesTensor(text: TreeText): Tensor {
  const data = new TextEncoder().encode(formatTreeText(text));
  return { dtype: 'U8', shape: [data.length], data };
}
