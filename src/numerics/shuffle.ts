import type { RandomStream } from '../contract/random-stream.js';

/**
 * Brings values into a random order, in place (Fisher and Yates). The same numbers give the same
 * order, whatever the values are.
 */
export function shuffle<Values extends { readonly length: number; [index: number]: unknown }>(
  values: Values,
  random: RandomStream,
): Values {
  for (let last = values.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = values[last];
    values[last] = values[other];
    values[other] = kept;
  }
  return values;
}
