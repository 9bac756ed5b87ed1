import { quoteText } from './quote.js';
import type { SqlSession } from './session.js';

/**
 * Writes a query's rows as Parquet and answers how many they are. With one thread, a fixed codec and a fixed row group size, equal rows in equal
 * order give equal bytes under one version of DuckDB.
 */
export async function writeParquet(
  session: SqlSession,
  query: string,
  path: string,
): Promise<number> {
  const [rows] = await session.values(
    `COPY (${query}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, USE_TMP_FILE false)`,
  );
  return Number(rows);
}
