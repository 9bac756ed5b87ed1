import type { Column } from '../../features/column-table.js';

/** Cell of rows without a value, and of texts that the fitting rows do not have. */
const missingCell = 0;
export const unseenCell = 1;
const firstCell = 2;

/** Values of one column dealt into cells: one a level, or stretches of numbers in rising order. */
export interface ValueCells {
  readonly count: number;
  /** True when a higher cell holds greater values. */
  readonly ordered: boolean;
  of(row: number): number;
}

/**
 * Makes cells from the values of some rows.
 *
 * @param maxCells stretches of numbers at most, of about equally many rows; texts have a cell each
 */
export function createValueCells(column: Column, rows: Uint32Array, maxCells: number): ValueCells {
  return column.kind === 'text' ? levelCells(column, rows) : stretchCells(column, rows, maxCells);
}

function levelCells(column: Extract<Column, { kind: 'text' }>, rows: Uint32Array): ValueCells {
  const cellOf = new Map<number, number>();
  for (const row of rows) {
    const code = column.codes[row] ?? -1;
    if (code >= 0 && !cellOf.has(code)) cellOf.set(code, firstCell + cellOf.size);
  }
  return {
    count: firstCell + cellOf.size,
    ordered: false,
    of: (row) => {
      const code = column.codes[row] ?? -1;
      return code < 0 ? missingCell : (cellOf.get(code) ?? unseenCell);
    },
  };
}

function stretchCells(
  { values }: Exclude<Column, { kind: 'text' }>,
  rows: Uint32Array,
  maxCells: number,
): ValueCells {
  const known = Float64Array.from(rows, (row) => values[row] ?? Number.NaN)
    .filter(Number.isFinite)
    .sort();
  const edges: number[] = [];
  for (let index = 1; index < maxCells; index += 1) {
    const edge = known[Math.floor((index * known.length) / maxCells)];
    if (edge !== undefined && edge > (edges.at(-1) ?? known[0] ?? edge)) edges.push(edge);
  }
  return {
    count: firstCell + edges.length + 1,
    ordered: true,
    of: (row) => {
      const value = values[row] ?? Number.NaN;
      return Number.isFinite(value) ? firstCell + countUpTo(edges, value) : missingCell;
    },
  };
}

/** How many of the rising edges are at most the value. */
function countUpTo(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    // The middle is inside the edges.
    if ((edges[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
