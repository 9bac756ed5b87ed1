import type { RandomStream } from '../../contract/random-stream.js';

/** One number of the standard normal distribution (Box and Muller 1958; one of the pair is thrown away). */
export function drawNormal(random: RandomStream): number {
  // 1 - u lies in (0, 1], so the logarithm is finite.
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}
