import { RecetaError } from '../../contract/errors.js';
import type { ColumnInfo } from '../profile/table-profile.js';
import { describeTable } from '../sql/describe-table.js';
import { quoteName, quoteText } from '../sql/quote.js';
import type { SqlSession } from '../sql/session.js';
import type { SplitJob } from '../sql-job.js';
import { foldColumns } from './fold-rows.js';

/** The table that is split. */
export interface SplitSource {
  readonly session: SqlSession;
  /** SQL of the table, read anew from the file each time. */
  readonly sql: string;
  readonly columns: readonly ColumnInfo[];
  /** Columns that make one row differ from another: all but those computed from others. */
  readonly given: readonly ColumnInfo[];
  readonly target: ColumnInfo;
  /** SQL condition: the row has a target. */
  readonly isKnown: string;
  readonly rows: number;
  /** Rows with a target. */
  readonly knownRows: number;
}

/**
 * Looks at the table that is to be split.
 *
 * @throws RecetaError `target-invalid` (no such column, no value in it), `dataset-invalid` (a column has a name that
 *   the split gives)
 */
export async function openSplitSource(
  session: SqlSession,
  { tablePath, target: targetName, derived }: Pick<SplitJob, 'tablePath' | 'target' | 'derived'>,
): Promise<SplitSource> {
  const sql = `read_parquet(${quoteText(tablePath)})`;
  const columns = await describeTable(session, `SELECT * FROM ${sql}`);
  refuseFoldColumns(columns);
  const target = columns.find(({ name }) => name === targetName);
  if (target === undefined) {
    throw new RecetaError(
      'target-invalid',
      `Splitting the table: it has no target column '${targetName}'.`,
    );
  }
  const isKnown = `${quoteName(target.name)} IS NOT NULL`;
  const { rows, knownRows } = await session.row<{ rows: number; knownRows: number }>(
    `SELECT count(*)::DOUBLE AS rows, (count(*) FILTER (${isKnown}))::DOUBLE AS "knownRows" FROM ${sql}`,
  );
  if (knownRows === 0) {
    throw new RecetaError(
      'target-invalid',
      `Splitting the table: the target '${targetName}' has no value in any row.`,
    );
  }
  const given = columns.filter(({ name }) => !derived.includes(name));
  return { session, sql, columns, given, target, isKnown, rows, knownRows };
}

/**
 * A column that a split is made by.
 *
 * @param path of the key that names it, e.g. `split.by`
 * @throws RecetaError `dataset-invalid`
 */
export function findSplitColumn({ columns }: SplitSource, name: string, path: string): ColumnInfo {
  const column = columns.find((candidate) => candidate.name === name);
  if (column !== undefined) return column;
  const known = columns.map((candidate) => candidate.name).join(', ');
  throw splitInvalid(
    `it has no column '${name}', which ${path} names. Its columns are ${known}.`,
    path,
  );
}

/** What is wrong with the table or the way in which it is to be split. */
export function splitInvalid(found: string, path: string): RecetaError {
  return new RecetaError('dataset-invalid', `Splitting the table: ${found}`, {
    problems: [{ message: found, path }],
  });
}

/** SQL takes names that differ in case for the same. */
function refuseFoldColumns(columns: readonly ColumnInfo[]): void {
  const added: readonly string[] = Object.values(foldColumns);
  const taken = columns.find(({ name }) => added.includes(name.toLowerCase()));
  if (taken === undefined) return;
  throw splitInvalid(
    `it has a column '${taken.name}', a name that the split itself gives; rename the column in the transform.`,
    taken.name,
  );
}
