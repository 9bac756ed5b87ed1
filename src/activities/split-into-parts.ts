import { join } from 'node:path';
import type { PrepareSplitsInput } from '../contract/activities.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { SplitPlan } from '../contract/pipeline-plan.js';
import type { SplitPaths, SplitResult } from '../dataset/sql-job.js';
import type { ColumnTable } from '../features/column-table.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import type { Attempt } from './run-attempt.js';
import { toSqlLimits } from './to-sql-limits.js';

/** The parts of a table, as files to store and as columns to compute with. */
export interface SplitParts extends SplitResult {
  readonly paths: SplitPaths;
  /** As the split writes it, with the columns that tell folds apart. */
  readonly development: ColumnTable;
  readonly test: ColumnTable;
}

/**
 * Splits the table and reads both parts. Everything is read once, because reading starts a process each time; the folds
 * are cut out of it in memory.
 */
export async function splitIntoParts(
  deps: ActivityDependencies,
  { folder, signal }: Attempt,
  input: Pick<PrepareSplitsInput, 'table' | 'derived' | 'target' | 'split' | 'limits'>,
): Promise<SplitParts> {
  const { table, target, split, limits } = input;
  const derived = input.derived.map(({ name }) => name);
  const sqlLimits = toSqlLimits(limits, signal);
  const tablePath = join(folder, 'table.parquet');
  const rows = givenRows(split);
  const fixedRowsPath = rows === null ? null : join(folder, 'rows.json');
  await deps.artifacts.getFile(table, tablePath, { signal });
  if (rows !== null && fixedRowsPath !== null) {
    await deps.artifacts.getFile(rows, fixedRowsPath, { signal });
  }
  const paths = {
    development: join(folder, 'development.parquet'),
    test: join(folder, 'test.parquet'),
  };
  const result = await deps.engine.split(
    { tablePath, target, split, derived, fixedRowsPath, outputs: paths },
    sqlLimits,
  );
  const [development, test] = await Promise.all([
    deps.engine.readTable({ path: paths.development }, sqlLimits),
    deps.engine.readTable({ path: paths.test }, sqlLimits),
  ]);
  return { ...result, paths, development, test };
}

/** FixedRows of a split by given row numbers. */
export function givenRows(split: SplitPlan): ArtifactRef | null {
  return split.type === 'fixed' ? split.rows : null;
}
