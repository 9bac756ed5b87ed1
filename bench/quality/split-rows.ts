import { createRandomStream } from '../../src/contract/random-stream.js';
import { shuffle } from '../../src/numerics/shuffle.js';

/** Row numbers of a table, ascending. */
export interface RowParts {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * Deals rows into parts of nearly equal size, and lets each validate once on what the others train on.
 *
 * @param groups rows that are dealt by themselves: those of each class, or all
 * @param parts at least 2
 * @returns one entry a part
 */
export function dealRows(
  groups: readonly (readonly number[])[],
  parts: number,
  seed: number,
): readonly RowParts[] {
  const random = createRandomStream(seed, parts);
  const hands: number[][] = Array.from({ length: parts }, () => []);
  let next = 0;
  for (const rows of groups) {
    for (const row of shuffle([...rows], random)) {
      hands[next % parts]?.push(row);
      next += 1;
    }
  }
  return hands.map((validation, part) => ({
    train: ascending(hands.flatMap((rows, other) => (other === part ? [] : rows))),
    validation: ascending(validation),
  }));
}

function ascending(rows: readonly number[]): Uint32Array {
  return Uint32Array.from(rows).sort();
}
