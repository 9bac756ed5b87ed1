import type { TextEncoding } from '../feature-program.js';
import { hashGram } from './hash-text.js';
import { listGrams } from './list-grams.js';

/**
 * Writes the signed counts of a text's n-grams, scaled to length 1.
 *
 * @param out zeros from `offset` on, for `buckets` numbers
 */
export function writeText(
  encoding: TextEncoding,
  text: string,
  out: Float32Array,
  offset: number,
): void {
  const counts = new Map<number, number>();
  for (const gram of listGrams(text, encoding)) {
    const { bucket, sign } = hashGram(gram, encoding.buckets);
    counts.set(bucket, (counts.get(bucket) ?? 0) + sign);
  }
  let squares = 0;
  for (const count of counts.values()) squares += count * count;
  if (squares === 0) return;
  const length = Math.sqrt(squares);
  for (const [bucket, count] of counts) out[offset + bucket] = count / length;
}
