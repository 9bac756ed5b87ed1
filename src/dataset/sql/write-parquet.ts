import { quoteText } from './quote.js';
import type { SqlSession } from './session.js';

/**
 * Writes a query's rows as Parquet. With one thread, a fixed codec and a fixed row group size, equal rows in equal
 * order give equal bytes under one version of DuckDB.
 */
export function writeParquet(session: SqlSession, query: string, path: string): Promise<void> {
  return session.run(
    `COPY (${query}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`,
  );
}
