import { readFile } from 'node:fs/promises';
import { RecetaError } from '../../contract/errors.js';
import type { FixedRows, SplitPlan } from '../../contract/pipeline-plan.js';
import { quoteText } from '../sql/quote.js';
import { allotExactly } from './allot-exactly.js';
import { createAssignment, marks } from './assignment.js';
import { assertClasses } from './class-shares.js';
import { canonicalText } from './split-position.js';
import { type SplitSource, splitInvalid } from './split-source.js';

type FixedSplit = Extract<SplitPlan, { readonly type: 'fixed' }>;

/** Assigns exact fractions of a shuffled table, of each class if asked. */
export async function assignFractions(source: SplitSource, split: FixedSplit): Promise<void> {
  if (split.stratify) await assertClasses(source);
  const { session, sql, isKnown, target } = source;
  const group = split.stratify ? canonicalText(target) : "''";
  const sizes = await session.rows<{ class: string; rows: number }>(
    `SELECT ${group} AS class, count(*)::DOUBLE AS rows FROM ${sql} WHERE ${isKnown} GROUP BY class ORDER BY class`,
  );
  const parts = allotParts(
    sizes.map(({ rows }) => rows),
    split,
  );
  const shares = sizes.map(
    (size, index) =>
      `(${quoteText(size.class)}, ${parts[index]?.test}, ${parts[index]?.validation})`,
  );
  await createAssignment(
    session,
    `WITH shares(class, test, validation) AS (VALUES ${shares.join(', ')}),
       numbered AS (SELECT row_number() OVER () - 1 AS row, ${isKnown} AS known, ${group} AS class FROM ${sql}),
       shuffled AS (SELECT row, known, class,
         row_number() OVER (PARTITION BY known, class ORDER BY md5('${split.seed};' || row), row) - 1 AS place FROM numbered)
     SELECT 1 AS trains, CASE WHEN NOT known THEN ${marks.noTarget} WHEN place < test THEN ${marks.test}
       WHEN place < test + validation THEN 0 ELSE ${marks.trainOnly} END AS fold
     FROM shuffled LEFT JOIN shares ON shuffled.class = shares.class ORDER BY row`,
  );
}

/** How many rows of each class go to the test and to the validation part. */
function allotParts(
  sizes: readonly number[],
  split: FixedSplit,
): readonly { readonly test: number; readonly validation: number }[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const test = allotExactly(sizes, Math.round(total * split.test));
  const rest = sizes.map((size, index) => size - (test[index] ?? 0));
  const validation = allotExactly(rest, Math.round(total * split.validation));
  return sizes.map((_, index) => ({ test: test[index] ?? 0, validation: validation[index] ?? 0 }));
}

/**
 * Assigns given rows; those in no list are trained on.
 *
 * @param path of FixedRows as JSON
 * @throws RecetaError `dataset-invalid` naming the first number that is no row of the table, or is named twice
 */
export async function assignRows(source: SplitSource, path: string): Promise<void> {
  const { session, sql, isKnown, rows } = source;
  const marked = markRows(await readFixedRows(path), rows);
  await session.run('CREATE TABLE marked (mark TINYINT)');
  const appender = await session.connection.createAppender('marked');
  for (const mark of marked) {
    appender.appendTinyInt(mark);
    appender.endRow();
  }
  appender.closeSync();
  await createAssignment(
    session,
    `SELECT 1 AS trains, CASE WHEN known THEN mark ELSE ${marks.noTarget} END AS fold
     FROM (SELECT ${isKnown} AS known FROM ${sql}) POSITIONAL JOIN marked`,
  );
}

/** The mark of each row of the table. */
function markRows({ validation, test }: FixedRows, rowCount: number): Int8Array {
  const marked = new Int8Array(rowCount).fill(marks.trainOnly);
  for (const [part, rows, mark] of [
    ['test', test, marks.test],
    ['validation', validation, 0],
  ] as const) {
    for (const row of rows) {
      const found = marked[row];
      if (found === undefined) {
        throw splitInvalid(
          `${part} names the row ${row}, but the rows are numbered from 0 to ${rowCount - 1} after the transform.`,
          `split.rows.${part}`,
        );
      }
      if (found !== marks.trainOnly) {
        const where = found === mark ? 'twice' : 'in test and validation';
        throw splitInvalid(`the row ${row} is named ${where}; name it once.`, `split.rows.${part}`);
      }
      marked[row] = mark;
    }
  }
  return marked;
}

async function readFixedRows(path: string): Promise<FixedRows> {
  const isRows = (value: unknown): boolean =>
    Array.isArray(value) && value.every((row) => Number.isSafeInteger(row));
  try {
    const rows = JSON.parse(await readFile(path, 'utf8')) as FixedRows;
    if (isRows(rows.test) && isRows(rows.validation)) return rows;
  } catch (cause) {
    throw invalid('it cannot be read as JSON', cause);
  }
  throw invalid('it does not hold test and validation, each a list of whole numbers');

  function invalid(found: string, cause?: unknown): RecetaError {
    return new RecetaError('dataset-invalid', `Reading the row numbers of the split: ${found}.`, {
      problems: [{ message: found, path: 'split.rows' }],
      cause,
    });
  }
}
