import { createRandomStream, type RandomStream } from '../../src/contract/random-stream.js';
import type { Column, ColumnTable, RawRow } from '../../src/features/column-table.js';

const words = 400;

/** Twenty columns beside the target `y`: 8 numbers, 6 categories, 3 booleans, 2 times and a text of eight words. */
export function createMixedTable(rowCount: number): ColumnTable {
  const random = createRandomStream(3, 0);
  const columns = new Map<string, Column>();
  for (let index = 0; index < 8; index += 1) {
    columns.set(`number${index}`, makeNumbers(rowCount, random));
  }
  for (let index = 0; index < 6; index += 1) {
    columns.set(`category${index}`, makeTexts(rowCount, random, index < 4 ? 20 : 200));
  }
  for (let index = 0; index < 3; index += 1) {
    const values = Float64Array.from({ length: rowCount }, () => (random() < 0.3 ? 1 : 0));
    columns.set(`flag${index}`, { kind: 'boolean', values });
  }
  for (let index = 0; index < 2; index += 1) {
    const second = (): number => 1_600_000_000 + Math.floor(random() * 1e8);
    columns.set(`time${index}`, {
      kind: 'datetime',
      values: Float64Array.from({ length: rowCount }, second),
    });
  }
  columns.set('note', makeNotes(rowCount, random));
  return { rowCount, columns: columns.set('y', makeNumbers(rowCount, random)) };
}

function makeNumbers(rowCount: number, random: RandomStream): Column {
  return {
    kind: 'number',
    values: Float64Array.from({ length: rowCount }, () => 1 + 100 * random() ** 3),
  };
}

function makeTexts(rowCount: number, random: RandomStream, levelCount: number): Column {
  const levels = Array.from({ length: levelCount }, (_, index) => `level ${index}`);
  const codes = Int32Array.from({ length: rowCount }, () => Math.floor(random() * levelCount));
  return { kind: 'text', codes, levels };
}

function makeNotes(rowCount: number, random: RandomStream): Column {
  const note = (): string =>
    Array.from({ length: 8 }, () => `word${Math.floor(random() * words)}`).join(' ');
  const levels = Array.from({ length: rowCount }, note);
  return { kind: 'text', codes: Int32Array.from(levels.keys()), levels };
}

/** The rows of a table without its target, as they would come in prediction requests. */
export function toRows(table: ColumnTable): RawRow[] {
  const columns = [...table.columns].filter(([name]) => name !== 'y');
  return Array.from({ length: table.rowCount }, (_, row) =>
    Object.fromEntries(columns.map(([name, column]) => [name, valueAt(column, row)])),
  );
}

function valueAt(column: Column, row: number): RawRow[string] {
  if (column.kind === 'text') return column.levels[column.codes[row] ?? -1] ?? null;
  const value = column.values[row] ?? 0;
  if (column.kind === 'boolean') return value === 1;
  return column.kind === 'datetime' ? new Date(value * 1000).toISOString() : value;
}
