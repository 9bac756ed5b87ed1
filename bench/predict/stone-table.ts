import { createRandomStream } from '../../src/contract/random-stream.js';
import type { Column, ColumnTable, RawRow } from '../../src/features/column-table.js';

const grades = { cut: 5, color: 7, clarity: 8 };
const sizes = ['carat', 'depth', 'table', 'x', 'y', 'z'];

/** A table of the shape of diamonds: six numbers, three categories, and a target that depends on them all. */
export function createStoneTable(rowCount: number): ColumnTable {
  const random = createRandomStream(7, 0);
  const columns = new Map<string, Column>();
  const target = new Float64Array(rowCount);
  for (const name of sizes) {
    const values = Float64Array.from({ length: rowCount }, () => 1 + 5 * random() ** 2);
    values.forEach((value, row) => {
      target[row] = (target[row] ?? 0) + Math.log(value);
    });
    columns.set(name, { kind: 'number', values });
  }
  for (const [name, count] of Object.entries(grades)) {
    const levels = Array.from({ length: count }, (_, grade) => `${name} ${grade}`);
    const codes = Int32Array.from({ length: rowCount }, () => Math.floor(random() * count));
    codes.forEach((code, row) => {
      target[row] = (target[row] ?? 0) + 0.1 * code * random();
    });
    columns.set(name, { kind: 'text', codes, levels });
  }
  return { rowCount, columns: columns.set('price', { kind: 'number', values: target }) };
}

/** Rows of such a table as they come in requests. */
export function toRawRows({ columns, rowCount }: ColumnTable): RawRow[] {
  return Array.from({ length: rowCount }, (_, row) =>
    Object.fromEntries(
      [...columns]
        .filter(([name]) => name !== 'price')
        .map(([name, column]) => [name, readCell(column, row)] as const),
    ),
  );
}

function readCell(column: Column, row: number): string | number | null {
  if (column.kind !== 'text') return column.values[row] ?? null;
  return column.levels[column.codes[row] ?? -1] ?? null;
}
