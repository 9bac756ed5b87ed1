import type { Column, ColumnTable, TextColumn } from '../../features/column-table.js';

/** The given rows as a table of their own, equal to one that was read without the others. */
export function takeRows({ columns }: ColumnTable, rows: Uint32Array): ColumnTable {
  const taken = [...columns].map(([name, column]) => [name, takeValues(column, rows)] as const);
  return { rowCount: rows.length, columns: new Map(taken) };
}

function takeValues(column: Column, rows: Uint32Array): Column {
  if (column.kind === 'text') return takeTexts(column, rows);
  const values = new Float64Array(rows.length);
  // Row numbers lie inside the table.
  for (let i = 0; i < rows.length; i += 1) values[i] = column.values[rows[i] as number] as number;
  return { kind: column.kind, values };
}

/** Levels are numbered in the order of their first appearance, and those of other rows are not known. */
function takeTexts({ codes, levels }: TextColumn, rows: Uint32Array): TextColumn {
  const taken = new Int32Array(rows.length);
  const newCodes = new Int32Array(levels.length).fill(-1);
  const newLevels: string[] = [];
  for (let i = 0; i < rows.length; i += 1) {
    const code = codes[rows[i] as number] as number;
    if (code >= 0 && newCodes[code] === -1) {
      newCodes[code] = newLevels.length;
      newLevels.push(levels[code] as string);
    }
    taken[i] = code < 0 ? -1 : (newCodes[code] as number);
  }
  return { kind: 'text', codes: taken, levels: newLevels };
}
