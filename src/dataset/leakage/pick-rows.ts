import { createRandomStream } from '../../contract/random-stream.js';

/**
 * Picks at most `limit` of the given rows, one at random out of each of `limit` equal stretches, always the same ones.
 * A plain stride would meet only one class in a table that alternates between two.
 */
export function pickRows(rows: Uint32Array, limit: number): Uint32Array {
  if (rows.length <= limit) return rows;
  const random = createRandomStream(0, rows.length);
  const step = rows.length / limit;
  return Uint32Array.from(
    { length: limit },
    // The position is below the length, as random() is below 1.
    (_, index) => rows[Math.floor((index + random()) * step)] as number,
  );
}
