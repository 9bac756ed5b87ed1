import type { OpenColumn } from '../profile/open-table.js';
import { quoteText } from '../sql/quote.js';
import type { SqlSession } from '../sql/session.js';

const sampleCount = 10;
const maxKeyLength = 100;

/** The first rows at fault: names and values of the key columns, or row numbers counted from 1. */
export async function findSamples(
  session: SqlSession,
  rowFault: string,
  keys: readonly OpenColumn[],
): Promise<readonly string[]> {
  const parts = keys.map(
    ({ name, sql }) =>
      `${quoteText(`${name} `)} || coalesce(left(${sql}::VARCHAR, ${maxKeyLength}), '?')`,
  );
  const key = parts.length === 0 ? "'row ' || (r + 1)" : parts.join(` || ', ' || `);
  const found = await session.rows<{ key: string }>(
    `SELECT ${key} AS key FROM source WHERE ${rowFault} ORDER BY r LIMIT ${sampleCount}`,
  );
  return found.map((row) => row.key);
}
