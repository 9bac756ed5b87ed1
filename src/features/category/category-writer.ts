import type { CategoryEncoding, CategoryValues } from '../feature-program.js';
import { indexOfSorted } from './index-of-sorted.js';

export interface CategoryWriter {
  readonly slotOf: (level: string | null) => number;
  readonly write: (slot: number, out: Float32Array, offset: number) => void;
}

/** Slots are the positions of the levels, then one for all other levels, then one for missing values. */
export function categoryWriter({
  levels,
  values,
  fill,
  missing,
}: CategoryEncoding): CategoryWriter {
  const otherSlot = levels.length;
  const missingSlot = levels.length + 1;
  const find = (level: string): number => {
    const index = indexOfSorted(levels, level);
    return index < 0 ? otherSlot : index;
  };
  const filledSlot = fill === null ? missingSlot : find(fill);
  const { width, write } = valueWriter(values, levels.length, missing);
  return {
    slotOf: (level) => (level === null ? missingSlot : find(level)),
    write: (slot, out, offset) => {
      if (slot !== missingSlot) write(slot, out, offset);
      else {
        write(filledSlot, out, offset);
        if (missing) out[offset + width] = 1;
      }
    },
  };
}

interface ValueWriter {
  readonly width: number;
  readonly write: CategoryWriter['write'];
}

function valueWriter(values: CategoryValues, levelCount: number, missing: boolean): ValueWriter {
  switch (values.encode) {
    case 'one-hot':
      return oneHotWriter(levelCount, values.other, missing);
    case 'sign':
      return {
        width: 1,
        write: (slot, out, offset) => {
          if (slot < levelCount) out[offset] = slot === 0 ? -1 : 1;
        },
      };
    case 'index':
      return {
        width: 1,
        write: (slot, out, offset) => {
          out[offset] = slot < levelCount ? slot + 1 : 0;
        },
      };
    case 'target':
    case 'frequency':
      return numbersWriter(
        values.outputs.map((output) => [...output.levels, output.other, output.missing]),
      );
  }
}

/** A missing value that nothing marks or fills counts as an unknown level. */
function oneHotWriter(levelCount: number, other: boolean, missing: boolean): ValueWriter {
  const width = levelCount + (other ? 1 : 0);
  return {
    width,
    write: (slot, out, offset) => {
      if (slot < levelCount) out[offset + slot] = 1;
      else if (other && (slot === levelCount || !missing)) out[offset + levelCount] = 1;
    },
  };
}

function numbersWriter(bySlot: readonly (readonly number[])[]): ValueWriter {
  const tables = bySlot.map((numbers) => Float32Array.from(numbers));
  return {
    width: tables.length,
    write: (slot, out, offset) => {
      let next = offset;
      for (const table of tables) {
        // Slots are counted below the length of the tables.
        out[next] = table[slot] as number;
        next += 1;
      }
    },
  };
}
