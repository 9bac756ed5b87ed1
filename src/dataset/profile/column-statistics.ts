import type { ColumnKind } from '../../features/column-table.js';
import { datetimePattern, numberPattern } from '../read/value-patterns.js';
import type { SqlSession } from '../sql/session.js';
import type { Cells } from './open-cells.js';
import { quantileShares } from './table-profile.js';

/** What is known of any column; the other figures belong to some kinds only. */
export interface ColumnStatistics {
  readonly filled: number;
  /** Times in seconds since 1970. */
  readonly min?: number | null;
  readonly max?: number | null;
  readonly mean?: number | null;
  readonly std?: number | null;
  readonly whole?: boolean | null;
  readonly quantiles?: readonly number[] | null;
  readonly minLength?: number | null;
  readonly meanLength?: number | null;
  readonly maxLength?: number | null;
  /** Texts that read as numbers, and as times; the first that does not, by its 0-based row. */
  readonly numbers?: number;
  readonly noNumber?: { readonly row: number; readonly value: string } | null;
  readonly datetimes?: number;
  readonly noDatetime?: { readonly row: number; readonly value: string } | null;
}

export const maxValueLength = 200;

/** From here on, quantiles are estimated: exact ones hold all values of a column in memory. */
const maxExactRows = 1_000_000;

/** Figures by column index, with one query over the cells. */
export async function readStatistics(
  session: SqlSession,
  { kind, from }: Cells,
  rows: number,
): Promise<ReadonlyMap<number, ColumnStatistics>> {
  const figures = Object.entries({ filled: 'count(k)::DOUBLE', ...figuresOf(kind, rows) });
  const selected = figures.map(([name, sql]) => `${sql} AS "${name}"`).join(', ');
  const found = await session.rows<{ col: number }>(
    `SELECT col::INTEGER AS col, ${selected} FROM ${from} GROUP BY col`,
  );
  // Names and types are those of the query.
  return new Map(found.map((row) => [row.col, row as unknown as ColumnStatistics]));
}

function figuresOf(kind: ColumnKind, rows: number): Readonly<Record<string, string>> {
  switch (kind) {
    case 'number':
      return numberFigures(rows);
    case 'datetime':
      return { min: 'min(v)', max: 'max(v)' };
    case 'text':
      return textFigures();
    case 'boolean':
      return {};
  }
}

function numberFigures(rows: number): Readonly<Record<string, string>> {
  // Squares of larger values overflow, which DuckDB treats as an error.
  const moderate = 'FILTER (WHERE abs(v) < 1e150)';
  const quantile = rows > maxExactRows ? 'approx_quantile' : 'quantile_cont';
  return {
    min: 'min(v)',
    max: 'max(v)',
    mean: `avg(v) ${moderate}`,
    std: `stddev_samp(v) ${moderate}`,
    whole: 'bool_and(v = floor(v))',
    quantiles: `${quantile}(v, [${quantileShares.join(', ')}]) ${moderate}`,
  };
}

function textFigures(): Readonly<Record<string, string>> {
  const isNumber = `regexp_full_match(k, '${numberPattern}')`;
  const isTime = `regexp_full_match(k, '${datetimePattern}')`;
  const first = (condition: string): string =>
    `arg_min({row: r::DOUBLE, value: left(k, ${maxValueLength})}, r) FILTER (WHERE ${condition})`;
  return {
    minLength: 'min(length(k))::DOUBLE',
    meanLength: 'avg(length(k))',
    maxLength: 'max(length(k))::DOUBLE',
    numbers: `(count(*) FILTER (WHERE ${isNumber}))::DOUBLE`,
    noNumber: first(`NOT ${isNumber}`),
    datetimes: `(count(*) FILTER (WHERE ${isTime}))::DOUBLE`,
    noDatetime: first(`NOT ${isTime}`),
  };
}
