import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Column, ColumnTable } from '../../src/features/column-table.js';

/** The diamonds of the example, with `target`, the logarithm of the price. */
export async function readDiamonds(): Promise<ColumnTable> {
  const packed = await readFile(join(process.cwd(), 'examples/02-diamonds/diamonds.csv.gz'));
  const [head = '', ...lines] = gunzipSync(packed).toString('utf8').trimEnd().split('\n');
  const rows = lines.map((line) => line.split(','));
  const columns = head.split(',').map((name, position): [string, Column] => {
    const cells = rows.map((row) => row[position] ?? '');
    if (name === 'price') return ['target', toNumbers(cells, Math.log)];
    return [name, Number.isNaN(Number(cells[0])) ? toTexts(cells) : toNumbers(cells)];
  });
  return { rowCount: rows.length, columns: new Map(columns) };
}

function toNumbers(cells: readonly string[], map = (value: number): number => value): Column {
  return { kind: 'number', values: Float64Array.from(cells, (cell) => map(Number(cell))) };
}

function toTexts(cells: readonly string[]): Column {
  const levels = [...new Set(cells)];
  return { kind: 'text', levels, codes: Int32Array.from(cells, (cell) => levels.indexOf(cell)) };
}
