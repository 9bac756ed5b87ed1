import type { Tensor } from '../../artifacts/safetensors.js';
import type { NetworkNumbers } from '../network/network-tensors.js';
import type { CheckpointState } from '../process/family-trainer.js';
import type { EpochLosses } from '../process/training-job.js';
import { initialStoppingState, type StoppingState } from './early-stopping.js';
import type { TrainerState } from './epoch-trainer.js';

/** A network as it was after its best epoch. */
export interface BestNetwork extends NetworkNumbers {
  /** Answers for the validation part, rows x outputs. */
  readonly predictions: Float32Array;
}

/** Where a training of a network stands after a whole epoch. */
export interface TrainingProgress {
  readonly epoch: number;
  /** `null` before the first epoch. */
  readonly best: BestNetwork | null;
  readonly stopping: StoppingState;
  readonly history: readonly EpochLosses[];
}

/** Progress of a training that has not begun. */
export const initialProgress: TrainingProgress = {
  epoch: 0,
  best: null,
  stopping: initialStoppingState,
  history: [],
};

interface ProgressFields {
  readonly step: number;
  readonly slotCount: number;
  readonly stopping: StoppingState;
  readonly history: readonly EpochLosses[];
}

/** Everything that a training needs to go on as if nothing had happened. */
export function toCheckpoint(
  { stopping, history, best }: TrainingProgress,
  { step, parameters, buffers, slots, average }: TrainerState,
): Omit<CheckpointState, 'epoch'> {
  const vectors: Record<string, Float32Array> = { parameters, buffers };
  for (const [index, slot] of slots.entries()) vectors[`slots.${index}`] = slot;
  if (average !== null) vectors.average = average;
  if (best !== null) {
    vectors['best.parameters'] = best.parameters;
    vectors['best.buffers'] = best.buffers;
    vectors['best.predictions'] = best.predictions;
  }
  const tensors = Object.entries(vectors).map(([name, data]): [string, Tensor] => [
    name,
    { dtype: 'F32', shape: [data.length], data },
  ]);
  const fields: ProgressFields = { step, slotCount: slots.length, stopping, history };
  return { tensors: Object.fromEntries(tensors), fields };
}

/** Reads what `toCheckpoint` made; the checkpoint is known to belong to an equal job. */
export function fromCheckpoint({ epoch, tensors, fields }: CheckpointState): {
  readonly progress: TrainingProgress;
  readonly state: TrainerState;
} {
  const { step, slotCount, stopping, history } = fields as ProgressFields;
  const find = (name: string): Float32Array | null => {
    const data = tensors[name]?.data;
    return data instanceof Float32Array ? data : null;
  };
  const vector = (name: string): Float32Array => {
    const data = find(name);
    // The file's digest was checked, and an equal job wrote it.
    if (data === null) throw new Error(`The checkpoint of epoch ${epoch} has no vector '${name}'`);
    return data;
  };
  const best = {
    parameters: vector('best.parameters'),
    buffers: vector('best.buffers'),
    predictions: vector('best.predictions'),
  };
  return {
    progress: { epoch, best, stopping, history },
    state: {
      step,
      parameters: vector('parameters'),
      buffers: vector('buffers'),
      slots: Array.from({ length: slotCount }, (_, index) => vector(`slots.${index}`)),
      average: find('average'),
    },
  };
}
