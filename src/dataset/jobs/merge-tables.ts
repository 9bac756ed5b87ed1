import { toTextLiteral } from '../checks/sql-literal.js';
import { quoteName, quoteText } from '../sql/quote.js';
import type { SqlSession } from '../sql/session.js';
import { writeParquet } from '../sql/write-parquet.js';
import type { SqlJobOf } from '../sql-job.js';

/** Rows in the order of the tables; columns by name, where the types differ as text. */
export async function mergeTables(
  session: SqlSession,
  { tables, outputPath }: SqlJobOf<'merge-tables'>,
): Promise<null> {
  const selects = tables.map(({ source, path, rename }) => {
    const renamed = Object.entries(rename).map(
      ([from, to]) => `${quoteName(from)} AS ${quoteName(to)}`,
    );
    const columns = renamed.length === 0 ? '*' : `* RENAME (${renamed.join(', ')})`;
    return `(SELECT ${toTextLiteral(source)} AS receta_source, ${columns} FROM read_parquet(${quoteText(path)}))`;
  });
  await writeParquet(session, selects.join(' UNION ALL BY NAME '), outputPath);
  return null;
}
