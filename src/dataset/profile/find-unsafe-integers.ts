import type { SqlSession } from '../sql/session.js';
import type { OpenColumn } from './open-table.js';
import type { ColumnProfile } from './table-profile.js';

const wideIntegers = new Set(['BIGINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT']);

/** Counts the integers of a column that a double cannot hold, and finds the first; looks only where there may be some. */
export async function findUnsafeIntegers(
  session: SqlSession,
  { sql, sqlType }: OpenColumn,
  min: number,
  max: number,
): Promise<ColumnProfile['unsafeIntegers']> {
  const limit = Number.MAX_SAFE_INTEGER;
  if (!wideIntegers.has(sqlType) || (min >= -limit && max <= limit)) return null;
  const isUnsafe = `${sql} > ${limit} OR ${sql} < -${limit}`;
  const found = await session.row<{ count: number; row: number | null; value: string | null }>(
    `SELECT count(*)::DOUBLE AS count, (min(r) + 1)::DOUBLE AS row, arg_min(${sql}::VARCHAR, r) AS value
     FROM source WHERE ${isUnsafe}`,
  );
  const { count, row, value } = found;
  return row === null || value === null ? null : { count, example: { row, value } };
}
