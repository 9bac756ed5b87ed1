import { RecetaError } from '../../contract/errors.js';
import type { ColumnInfo } from '../profile/table-profile.js';
import { quoteName, quoteText } from './quote.js';
import type { SqlSession } from './session.js';
import { isFloating } from './stored-form.js';

/** Rows of a table, and how many values of it would be stored in another form: NaN, or an infinity. */
export async function countUnstorable(
  session: SqlSession,
  table: string,
  columns: readonly ColumnInfo[],
): Promise<{ readonly rows: number; readonly unstorable: number }> {
  // Not with FILTER, which takes almost a megabyte a column.
  const counts = columns
    .filter(canBeInfinite)
    .map(({ name }) => `count_if(NOT isfinite(${quoteName(name)}))`);
  // A sum of many columns would be an expression deeper than DuckDB allows.
  const [rows, unstorable] = await session.values(
    `SELECT count(*)::DOUBLE, list_sum([${['0', ...counts].join(', ')}])::DOUBLE FROM ${table}`,
  );
  return { rows: Number(rows), unstorable: Number(unstorable) };
}

/** @throws RecetaError `dataset-invalid` naming each column of a written table that holds infinities */
export async function assertFinite(
  session: SqlSession,
  path: string,
  columns: readonly ColumnInfo[],
): Promise<void> {
  const candidates = columns.filter(canBeInfinite);
  if (candidates.length === 0) return;
  const counts = candidates.map(({ name }) => `count_if(isinf(${quoteName(name)}))::DOUBLE`);
  const found = await session.values(
    `SELECT ${counts.join(', ')} FROM read_parquet(${quoteText(path)})`,
  );
  const problems = candidates.flatMap(({ name }, index) => {
    const count = Number(found[index]);
    return count === 0
      ? []
      : [{ message: `${count} infinite values in column '${name}'`, path: name }];
  });
  if (problems.length === 0) return;
  throw new RecetaError(
    'dataset-invalid',
    `The transform returned ${problems.map(({ message }) => message).join(', ')}. ` +
      'Make them missing, e.g. with CASE WHEN isfinite(x) THEN x END.',
    { problems },
  );
}

function canBeInfinite({ sqlType, kind }: ColumnInfo): boolean {
  return isFloating(sqlType) || kind === 'datetime';
}
