import { createRandomStream } from '../../src/contract/random-stream.js';

/** What is random about a trial's value: the same on all sides, and apart from the streams of the samplers. */
export function noiseOf(seed: number, number: number): number {
  return createRandomStream(seed, -1_000_000 - number)();
}
