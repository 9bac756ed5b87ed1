import { createRandomStream } from '../contract/random-stream.js';

/** How often each row is drawn when as many rows are drawn as there are, with replacement: one bootstrap resample. */
export function drawWeights(rows: number, seed: number, resample: number): Uint32Array {
  const random = createRandomStream(seed, resample);
  const weights = new Uint32Array(rows);
  for (let draw = 0; draw < rows; draw += 1) {
    const row = Math.floor(random() * rows);
    weights[row] = (weights[row] as number) + 1;
  }
  return weights;
}
