import { RecetaError } from '../../contract/errors.js';
import { quoteText } from './quote.js';
import type { SqlSession } from './session.js';

/**
 * Loads a Parquet file as the table `source`, rows in file order.
 *
 * @throws RecetaError `source-unreadable`
 */
export async function loadParquet(session: SqlSession, path: string): Promise<void> {
  try {
    await session.connection.run(
      `CREATE TABLE source AS SELECT * FROM read_parquet(${quoteText(path)})`,
    );
  } catch (error) {
    const [firstLine = ''] = String(error instanceof Error ? error.message : error).split('\n', 1);
    throw new RecetaError('source-unreadable', `Reading a Parquet table failed: ${firstLine}.`, {
      cause: error,
    });
  }
}
