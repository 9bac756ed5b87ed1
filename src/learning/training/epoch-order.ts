import { createRandomStream } from '../../contract/random-stream.js';
import { shuffle } from '../../numerics/shuffle.js';

/** How one pass over the train part is cut. */
export interface EpochShape {
  readonly batchSize: number;
  readonly steps: number;
}

/** Whole batches only; a part smaller than one batch is one batch. */
export function shapeEpoch(rowCount: number, batchSize: number): EpochShape {
  const size = Math.min(batchSize, rowCount);
  return { batchSize: size, steps: Math.floor(rowCount / size) };
}

/**
 * Order in which an epoch visits the rows: a random permutation that depends on seed and epoch alone,
 * so a resumed training draws the same one.
 */
export function drawRowOrder(rowCount: number, seed: number, epoch: number): Int32Array {
  const order = Int32Array.from({ length: rowCount }, (_, row) => row);
  return shuffle(order, createRandomStream(seed, 2 * epoch - 1));
}
