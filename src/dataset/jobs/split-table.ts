import type { SplitPlan } from '../../contract/pipeline-plan.js';
import { assignByColumn } from '../split/assign-by-column.js';
import { assignByHash } from '../split/assign-by-hash.js';
import { assignByTime } from '../split/assign-by-time.js';
import { assignFractions, assignRows } from '../split/assign-fixed.js';
import { type AssignmentCounts, countAssignment, marks } from '../split/assignment.js';
import { compareClasses } from '../split/class-shares.js';
import { foldColumns } from '../split/fold-rows.js';
import { openSplitSource, type SplitSource, splitInvalid } from '../split/split-source.js';
import type { SqlSession } from '../sql/session.js';
import { writeParquet } from '../sql/write-parquet.js';
import type { SplitResult, SqlJobOf } from '../sql-job.js';

/**
 * Cuts a table into the test part and the rest, and marks in the rest which fold validates and which train on a row.
 * Rows keep their order; those without a target or within a gap are left out and counted. The table is read from its
 * file again and again and never held whole.
 *
 * @throws RecetaError `target-invalid` (no such column, no value), `dataset-invalid` (a column that the split needs is
 *   absent or unfit, a part came out empty)
 */
export async function splitTable(
  session: SqlSession,
  job: SqlJobOf<'split-table'>,
): Promise<SplitResult> {
  const { split, outputs } = job;
  const source = await openSplitSource(session, job);
  await assign(source, job);
  const foldCount = ('folds' in split ? split.folds : null) ?? 1;
  const counts = await countAssignment(session, foldCount);
  assertParts(counts, split);
  const joined = `FROM ${source.sql} AS source POSITIONAL JOIN assignment`;
  await writeParquet(
    session,
    `SELECT source.*, assignment.fold::INTEGER AS ${foldColumns.validation},
       assignment.trains::INTEGER AS ${foldColumns.training} ${joined} WHERE assignment.fold >= ${marks.trainOnly}`,
    outputs.development,
  );
  await writeParquet(
    session,
    `SELECT source.* ${joined} WHERE assignment.fold = ${marks.test}`,
    outputs.test,
  );
  const { folds, testRows, rowsWithoutTarget, gapRows } = counts;
  return {
    folds,
    testRows,
    droppedRows: rowsWithoutTarget + gapRows,
    warnings: [...describeDropped(counts), ...(await describeShares(source, split))],
  };
}

function assign(
  source: SplitSource,
  { split, fixedRowsPath }: SqlJobOf<'split-table'>,
): Promise<void> {
  switch (split.type) {
    case 'hash':
      return assignByHash(source, split);
    case 'time':
      return assignByTime(source, split);
    case 'column':
      return assignByColumn(source, split);
    case 'fixed':
      return fixedRowsPath === null
        ? assignFractions(source, split)
        : assignRows(source, fixedRowsPath);
  }
}

function assertParts({ folds, testRows }: AssignmentCounts, split: SplitPlan): void {
  const parts = folds.flatMap(({ train, validation }, fold) => {
    const suffix = folds.length === 1 ? '' : ` of fold ${fold + 1}`;
    return [
      { name: `train part${suffix}`, rows: train },
      { name: `validation part${suffix}`, rows: validation },
    ];
  });
  parts.push({ name: 'test part', rows: testRows });
  const empty = parts.filter(({ rows }) => rows === 0).map(({ name }) => name);
  if (empty.length === 0) return;
  const asked =
    'train' in split
      ? ` (fractions: train ${split.train}, validation ${split.validation}, test ${split.test})`
      : '';
  throw splitInvalid(
    `the ${empty.join(' and the ')} came out empty${asked}; rows: ` +
      `${parts.map(({ name, rows }) => `${name} ${rows}`).join(', ')}. ${remedies[split.type]}`,
    'split',
  );
}

const remedies: Readonly<Record<SplitPlan['type'], string>> = {
  hash: 'Provide more rows, larger fractions, fewer folds, another seed or a key with more different values.',
  time: 'Provide more rows, larger fractions, fewer folds or a smaller gap.',
  column: 'Mark rows of every part that have a target.',
  fixed: 'Provide more rows, larger fractions, or name rows that have a target.',
};

function describeDropped({ gapRows }: AssignmentCounts): readonly string[] {
  return gapRows === 0 ? [] : [`${gapRows} rows within the gap before a part were left out`];
}

/** Parts of different times may well differ in their classes. */
async function describeShares(source: SplitSource, split: SplitPlan): Promise<readonly string[]> {
  return split.type === 'time' ? [] : compareClasses(source);
}
