import type { ColumnKind } from '../../features/column-table.js';
import { toColumnKind } from '../column-kind.js';
import { quoteName, quoteText } from '../sql/quote.js';
import type { SqlSession } from '../sql/session.js';
import type { ColumnInfo } from './table-profile.js';

/** A column and the name that it has in queries over `source`. */
export interface OpenColumn extends ColumnInfo {
  readonly index: number;
  /** Needs no quotes, whatever the column is called. */
  readonly sql: string;
}

/** A table that queries can read as `source`; its column `r` is the 0-based row number. */
export interface OpenTable {
  readonly rows: number;
  readonly columns: readonly OpenColumn[];
}

/** Opens a Parquet table. NaN and infinities become missing; columns of types that nothing is learned from are texts. */
export async function openTable(session: SqlSession, path: string): Promise<OpenTable> {
  const file = `read_parquet(${quoteText(path)})`;
  const described = await session.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM ${file}`,
  );
  const columns = described.map(({ column_name: name, column_type: sqlType }, index) => {
    const kind: ColumnKind = toColumnKind(sqlType) ?? 'text';
    return { name, sqlType, kind, index, sql: `c${index}` };
  });
  const { rows } = await session.row<{ rows: number }>(
    `SELECT count(*)::DOUBLE AS rows FROM ${file}`,
  );
  const selected = columns.map((column) => `${toFiniteForm(column)} AS ${column.sql}`);
  await session.run(
    `CREATE VIEW source AS SELECT ${[`${rowNumber(columns)} AS r`, ...selected].join(', ')} FROM ${file}`,
  );
  return { rows, columns };
}

/** DuckDB numbers the rows of a file by itself, unless the file has a column of that name. */
function rowNumber(columns: readonly OpenColumn[]): string {
  const isTaken = columns.some(({ name }) => name.toLowerCase() === 'file_row_number');
  return isTaken ? '(row_number() OVER () - 1)' : 'file_row_number';
}

function toFiniteForm({ name, sqlType }: OpenColumn): string {
  const column = quoteName(name);
  const isUnbounded =
    ['FLOAT', 'DOUBLE', 'DATE'].includes(sqlType) || sqlType.startsWith('TIMESTAMP');
  return isUnbounded ? `CASE WHEN isfinite(${column}) THEN ${column} END` : column;
}
