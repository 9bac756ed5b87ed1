import type { Tensor } from '../../../artifacts/safetensors.js';
import { RecetaError } from '../../../contract/errors.js';
import type { LbfgsState } from '../../../numerics/lbfgs.js';
import type { CheckpointState } from '../../process/family-trainer.js';

/** Where a solution stands: in which stage, and how far there. */
export interface SolverState {
  readonly stage: number;
  readonly lbfgs: LbfgsState;
}

/** Writes a state with at least one step down, bit for bit. */
export function encodeSolverState({ stage, lbfgs }: SolverState): Omit<CheckpointState, 'epoch'> {
  const { iteration, point, value, decrease, gradient, steps, changes } = lbfgs;
  return {
    tensors: {
      point: toTensor([point]),
      gradient: toTensor([gradient]),
      steps: toTensor(steps),
      changes: toTensor(changes),
    },
    fields: { stage, iteration, value, decrease },
  };
}

/**
 * Reads back what `encodeSolverState` wrote.
 *
 * @throws RecetaError `artifact-corrupt` when it is something else
 */
export function decodeSolverState({ tensors, fields }: CheckpointState): SolverState {
  const { stage, iteration, value, decrease } = Object(fields) as Record<string, unknown>;
  const [point, gradient] = [toRows(tensors.point)[0], toRows(tensors.gradient)[0]];
  const isWhole =
    typeof stage === 'number' &&
    typeof iteration === 'number' &&
    typeof value === 'number' &&
    typeof decrease === 'number' &&
    point !== undefined &&
    gradient !== undefined;
  if (!isWhole) {
    throw new RecetaError(
      'artifact-corrupt',
      'Reading a checkpoint of a linear model: a part of it is missing. Start the training without it.',
    );
  }
  const [steps, changes] = [toRows(tensors.steps), toRows(tensors.changes)];
  return { stage, lbfgs: { iteration, point, value, decrease, gradient, steps, changes } };
}

/** Rows of equal length. */
function toTensor(rows: readonly Float64Array[]): Tensor {
  const width = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * width);
  for (const [index, row] of rows.entries()) data.set(row, index * width);
  return { dtype: 'F64', shape: [rows.length, width], data };
}

function toRows(tensor: Tensor | undefined): Float64Array[] {
  if (!(tensor?.data instanceof Float64Array)) return [];
  const { data } = tensor;
  const [count = 0, width = 0] = tensor.shape;
  return Array.from({ length: count }, (_, row) => data.slice(row * width, (row + 1) * width));
}
