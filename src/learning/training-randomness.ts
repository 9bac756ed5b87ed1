import { createRandomStream, type RandomStream } from '../contract/random-stream.js';
import type { NetworkSpec } from './network.js';
import { countParameters, layoutParameters } from './parameter-layout.js';

// Every random number depends on seed, purpose and epoch alone, so a resumed training draws the same ones.
const initialStream = 0;
const orderStream = (epoch: number): number => 2 * epoch - 1;
const dropoutStream = (epoch: number): number => 2 * epoch;

/**
 * Initial parameters, flat: weights uniform with variance 2 / inputs before a ReLU (He et al. 2015) and
 * 1 / (12 inputs) in the output layer, so that first answers are close to the mean; biases zero.
 */
export function drawInitialParameters(network: NetworkSpec, seed: number): Float32Array {
  const random = createRandomStream(seed, initialStream);
  const parameters = new Float32Array(countParameters(network));
  for (const { layer, inputs, weight } of layoutParameters(network)) {
    const bound = layer.activation === 'relu' ? Math.sqrt(6 / inputs) : 0.5 / Math.sqrt(inputs);
    for (let i = weight.offset; i < weight.offset + weight.length; i += 1) {
      parameters[i] = (2 * random() - 1) * bound;
    }
  }
  return parameters;
}

/** Order in which an epoch visits the rows: a random permutation (Fisher-Yates). */
export function drawRowOrder(rowCount: number, seed: number, epoch: number): Int32Array {
  const random = createRandomStream(seed, orderStream(epoch));
  const order = Int32Array.from({ length: rowCount }, (_, row) => row);
  for (let last = rowCount - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    // Both indices are below rowCount.
    const row = order[last] as number;
    order[last] = order[other] as number;
    order[other] = row;
  }
  return order;
}

/** Source of an epoch's dropout masks. */
export function createDropoutStream(seed: number, epoch: number): RandomStream {
  return createRandomStream(seed, dropoutStream(epoch));
}

/**
 * One inverted dropout mask: 0 with probability `rate`, else 1 / (1 - rate). Masks are drawn by the million, so the
 * stream only seeds a generator of a few operations (xorshift32, Marsaglia 2003).
 */
export function drawDropoutMask(length: number, rate: number, random: RandomStream): Float32Array {
  const mask = new Float32Array(length);
  const kept = 1 / (1 - rate);
  const threshold = rate * 2 ** 32;
  // Zero is the one state that xorshift32 never leaves.
  let bits = 1 + Math.floor(random() * (2 ** 32 - 1));
  for (let i = 0; i < length; i += 1) {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    mask[i] = bits >>> 0 < threshold ? 0 : kept;
  }
  return mask;
}
