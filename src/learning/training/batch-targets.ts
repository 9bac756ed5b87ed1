import type { NetworkSpec } from '../network/network.js';
import type { TrainingData } from '../process/training-data.js';

/** Targets as the last layer of a network is compared with them, rows x width. */
export interface BatchTargets {
  readonly width: number;
  readonly y: Float32Array;
}

/** Targets of a part; a network with one logit is compared with the second of the two classes alone. */
export function toBatchTargets(
  { output }: Pick<NetworkSpec, 'output'>,
  { y, rowCount }: Pick<TrainingData, 'y' | 'rowCount'>,
): BatchTargets {
  const width = y.length / rowCount;
  if (output !== 'sigmoid' || width === 1) return { width, y };
  const second = Float32Array.from({ length: rowCount }, (_, row) => y[row * width + 1] ?? 0);
  return { width: 1, y: second };
}
