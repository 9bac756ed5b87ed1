import { RecetaError } from '../../contract/errors.js';
import type { SqlJobOf, TransformResult } from '../sql-job.js';
import type { ColumnInfo } from '../table-profile.js';
import { checkSelect, toTransformError } from './check-select.js';
import { describeTable } from './describe-table.js';
import { loadCsv } from './load-csv.js';
import { quoteName, quoteText } from './quote.js';
import type { SqlSession } from './session.js';
import { writeParquet } from './write-parquet.js';

/**
 * Reads a CSV source, applies the SELECT to it and writes Parquet with deterministic bytes. Without a SELECT the rows
 * keep the order of the file; with one they are ordered by all columns from left to right, because SQL promises none.
 * NaN is written as missing; integers beyond 64 bits are written as text, exactly.
 *
 * @throws RecetaError those of `loadCsv`, `sql-invalid`, `dataset-invalid`
 */
export async function transformTable(
  session: SqlSession,
  job: SqlJobOf<'transform'>,
): Promise<TransformResult> {
  await loadCsv(session, job.sourcePath, job.settings.jobFolder);
  await session.lock([job.outputPath]);
  const table = job.sql === null ? 'source' : 'result';
  if (job.sql !== null) await createResult(session, job.sql);
  const { rows } = await session.row<{ rows: number }>(
    `SELECT count(*)::DOUBLE AS rows FROM ${table}`,
  );
  if (rows === 0) {
    throw new RecetaError(
      'dataset-invalid',
      'The transform returned no row. Loosen its conditions.',
    );
  }
  const columns = await describeTable(session, table);
  await refuseInfinities(session, table, columns);
  const expressions: string[] = [];
  for (const column of columns) expressions.push(await storedForm(session, table, column));
  const order = job.sql === null ? 'rowid' : 'ALL';
  const query = `SELECT ${expressions.join(', ')} FROM ${table} ORDER BY ${order}`;
  await writeParquet(session, query, job.outputPath);
  return { rows, columns: await describeTable(session, query) };
}

async function createResult(session: SqlSession, sql: string): Promise<void> {
  await checkSelect(session, sql);
  // Makes random() repeatable; with one thread its values come in one order.
  await session.run('SELECT setseed(0)');
  try {
    // query() takes one SELECT as a text, so nothing in it can reach beyond its own statement.
    await session.connection.run(`CREATE TABLE result AS FROM query(${quoteText(sql)})`);
  } catch (error) {
    throw toTransformError(error, { withPlace: false });
  }
}

async function refuseInfinities(
  session: SqlSession,
  table: string,
  columns: readonly ColumnInfo[],
): Promise<void> {
  for (const { name, sqlType } of columns) {
    if (!isFloating(sqlType)) continue;
    const { infinite } = await session.row<{ infinite: number }>(
      `SELECT count(*)::DOUBLE AS infinite FROM ${table} WHERE isinf(${quoteName(name)})`,
    );
    if (infinite === 0) continue;
    throw new RecetaError(
      'dataset-invalid',
      `The transform returned ${infinite} infinite values in column '${name}'. ` +
        'Make them missing, e.g. with CASE WHEN isfinite(x) THEN x END.',
      { problems: [{ message: `${infinite} infinite values`, path: name }] },
    );
  }
}

/** The column in a type that Parquet holds without loss. */
async function storedForm(
  session: SqlSession,
  table: string,
  { name, sqlType }: ColumnInfo,
): Promise<string> {
  const column = quoteName(name);
  if (isFloating(sqlType)) return `CASE WHEN NOT isnan(${column}) THEN ${column} END AS ${column}`;
  if (sqlType.startsWith('TIMESTAMP')) return `${column}::TIMESTAMP AS ${column}`;
  if (sqlType === 'UUID' || sqlType.startsWith('ENUM(')) return `${column}::VARCHAR AS ${column}`;
  if (!['HUGEINT', 'UHUGEINT', 'UBIGINT'].includes(sqlType)) return column;
  const { fits } = await session.row<{ fits: boolean | null }>(
    `SELECT bool_and(TRY_CAST(${column} AS BIGINT) IS NOT NULL) AS fits FROM ${table} WHERE ${column} IS NOT NULL`,
  );
  return `${column}::${fits === false ? 'VARCHAR' : 'BIGINT'} AS ${column}`;
}

function isFloating(sqlType: string): boolean {
  return sqlType === 'FLOAT' || sqlType === 'DOUBLE';
}
