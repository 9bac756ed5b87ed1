import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { createRandomStream, type RandomStream } from '../../src/contract/random-stream.js';
import type { Column, ColumnTable, TextColumn } from '../../src/features/column-table.js';

const airportCount = 300;
const sevenMonthsMinutes = 212 * 24 * 60;
const firstSecond = Date.UTC(2001, 0, 1) / 1000;

/**
 * Two numbers, a time and two categories of some 300 levels, with a target `y` that depends on all of them: from
 * flights-3m.parquet in the folder that RECETA_BENCH_DATA names, else made up in its shape.
 */
export async function loadFlights(rowCount: number): Promise<ColumnTable> {
  const folder = process.env.RECETA_BENCH_DATA;
  const path = folder === undefined ? null : join(folder, 'flights-3m.parquet');
  const columns =
    path !== null && existsSync(path) ? await readFlights(path, rowCount) : makeFlights(rowCount);
  return { rowCount, columns: withTarget(columns, rowCount) };
}

function makeFlights(rowCount: number): Map<string, Column> {
  const random = createRandomStream(1, 0);
  const numbers = (next: (random: RandomStream) => number): Float64Array =>
    Float64Array.from({ length: rowCount }, () => next(random));
  const minutes = numbers((next) => Math.floor(next() * sevenMonthsMinutes));
  return new Map<string, Column>([
    ['date', { kind: 'datetime', values: minutes.map((minute) => firstSecond + minute * 60) }],
    ['delay', { kind: 'number', values: numbers((next) => Math.round(600 * next() ** 8 - 20)) }],
    [
      'distance',
      { kind: 'number', values: numbers((next) => Math.round(100 + 2500 * next() ** 2)) },
    ],
    ['origin', makeAirports(rowCount, random)],
    ['destination', makeAirports(rowCount, random)],
  ]);
}

/** Few airports have most of the flights. */
function makeAirports(rowCount: number, random: RandomStream): TextColumn {
  const letter = (index: number): string => String.fromCharCode(65 + (index % 26));
  const levels = Array.from({ length: airportCount }, (_, index) => {
    return letter(index) + letter(index / 26) + letter(index * 7);
  });
  const codes = Int32Array.from({ length: rowCount }, () =>
    Math.floor(airportCount * random() ** 2),
  );
  return { kind: 'text', codes, levels };
}

async function readFlights(path: string, rowCount: number): Promise<Map<string, Column>> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const reader = await connection.runAndReadAll(
    `SELECT epoch(date)::DOUBLE, delay::DOUBLE, distance::DOUBLE, origin, destination
     FROM read_parquet(?) LIMIT ${rowCount}`,
    [path],
  );
  const [dates = [], delays = [], distances = [], origins = [], destinations = []] =
    reader.getColumns();
  if (dates.length < rowCount) throw new Error(`${path} has fewer than ${rowCount} rows`);
  const toValues = (column: readonly unknown[]): Float64Array =>
    Float64Array.from(column, (value) => (value === null ? Number.NaN : Number(value)));
  return new Map<string, Column>([
    ['date', { kind: 'datetime', values: toValues(dates) }],
    ['delay', { kind: 'number', values: toValues(delays) }],
    ['distance', { kind: 'number', values: toValues(distances) }],
    ['origin', toTextColumn(origins)],
    ['destination', toTextColumn(destinations)],
  ]);
}

function toTextColumn(values: readonly unknown[]): TextColumn {
  const codes = new Map<string, number>();
  const codeOf = (level: string): number => {
    const code = codes.get(level) ?? codes.size;
    codes.set(level, code);
    return code;
  };
  const rows = Int32Array.from(values, (value) => (value === null ? -1 : codeOf(String(value))));
  return { kind: 'text', codes: rows, levels: [...codes.keys()] };
}

function withTarget(columns: Map<string, Column>, rowCount: number): Map<string, Column> {
  const random = createRandomStream(2, 0);
  const numbersOf = (name: string): ArrayLike<number> => {
    const column = columns.get(name);
    return column?.kind === 'text' ? column.codes : (column?.values ?? []);
  };
  const distance = numbersOf('distance');
  const origin = numbersOf('origin');
  const values = Float64Array.from({ length: rowCount }, (_, row) => {
    return (distance[row] ?? 0) / 8 + ((origin[row] ?? 0) % 17) + 20 * random();
  });
  return columns.set('y', { kind: 'number', values });
}
