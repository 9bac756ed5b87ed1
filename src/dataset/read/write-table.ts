import { toColumnKind } from '../column-kind.js';
import type { ColumnInfo } from '../profile/table-profile.js';
import { quoteText } from '../sql/quote.js';
import type { SqlSession } from '../sql/session.js';
import { toSqlError } from '../sql/sql-error.js';

/** Rows of a group; wide tables get shorter groups, because a group is held in memory until it is written. */
const maxGroupRows = 122_880;
const minGroupRows = 2_048;
const maxGroupValues = 8 << 20;

/**
 * Writes a query's rows as Parquet, in their order. With one thread, a fixed codec and a fixed size of row groups, equal
 * rows give equal bytes under one version of DuckDB.
 *
 * @returns number of rows
 */
export async function writeTable(
  session: SqlSession,
  query: string,
  columnCount: number,
  path: string,
): Promise<number> {
  const fitting =
    Math.floor(maxGroupValues / Math.max(1, columnCount) / minGroupRows) * minGroupRows;
  const groupRows = Math.min(maxGroupRows, Math.max(minGroupRows, fitting));
  try {
    const result = await session.connection.run(
      `COPY (${query}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${groupRows})`,
    );
    const [row] = await result.getRowsJS();
    return Number(row?.[0] ?? 0);
  } catch (error) {
    throw toSqlError(error);
  }
}

/** What later steps see of a column that was written. */
export function toColumnInfo(name: string, sqlType: string): ColumnInfo {
  const kind = toColumnKind(sqlType);
  if (kind === null) throw new Error(`column '${name}' was written as ${sqlType}`);
  return { name, sqlType, kind };
}
