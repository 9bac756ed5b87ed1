import { createRandomStream } from '../../contract/random-stream.js';

/** Key and counter of Philox 4x32-10 as 32-bit words, the low ones first. */
export interface MaskDraw {
  readonly key: readonly [number, number];
  /** The generator counts up in the lower two, so masks differ in the upper two. */
  readonly counter: readonly [number, number, number, number];
}

/** Key of all dropout masks of an epoch; unsigned 32-bit words. */
export function drawMaskKey(seed: number, epoch: number): MaskDraw['key'] {
  // Row orders have the odd streams.
  const random = createRandomStream(seed, 2 * epoch);
  const word = (): number => Math.floor(random() * 2 ** 32);
  return [word(), word()];
}

/**
 * Counter of one dropout mask.
 *
 * @param step within the epoch, from 0
 * @param stream tells the masks of one step apart
 */
export function maskCounter(step: number, stream: number): MaskDraw['counter'] {
  return [0, 0, step, stream];
}
