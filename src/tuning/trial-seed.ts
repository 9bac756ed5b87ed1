import { createRandomStream } from '../contract/random-stream.js';

/** Seed of a trial's own training: 31 bits that depend on the study's seed and the trial's number alone. */
export function trialSeed(seed: number, number: number): number {
  // Negative streams are apart from those that draw parameters.
  return Math.floor(createRandomStream(seed, -1 - number)() * 2 ** 31);
}
