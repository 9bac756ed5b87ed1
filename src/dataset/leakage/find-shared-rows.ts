import type { ColumnTable } from '../../features/column-table.js';
import { describeShare } from './describe-share.js';
import { featureNames, type LeakQuestion } from './leak-question.js';
import type { LeakFinding } from './leakage-report.js';
import { pickRows } from './pick-rows.js';
import { RowHashes } from './row-hashes.js';

/** A smaller share of equal rows hardly moves a score. */
const warnShare = 0.01;
/** Features that more rows than this share are a case that repeats, not a row that is learned by heart. */
const maxTwins = 10;
const sampleRows = 100_000;

/** Finds rows of the test part that a model may have learned by heart: equal in all features to a few rows beside it. */
export function findSharedRows(question: LeakQuestion): readonly LeakFinding[] {
  const { development, test } = question;
  const names = featureNames(question);
  if (names.length === 0 || test.rowCount === 0) return [];
  const sampled = pickRows(
    Uint32Array.from({ length: test.rowCount }, (_, row) => row),
    sampleRows,
  );
  const testHashes = hashColumns(test, names);
  const developmentHashes = hashColumns(development, names);
  const twins = countTwins(sampled, testHashes, development.rowCount, developmentHashes);
  const shared = sampled.filter((row) => {
    const count = twins(row);
    return count > 0 && count <= maxTwins;
  });
  const share = shared.length / sampled.length;
  if (share < warnShare) return [];
  addColumn(testHashes, test, question.target);
  addColumn(developmentHashes, development, question.target);
  const fullTwins = countTwins(shared, testHashes, development.rowCount, developmentHashes);
  const contradicted = shared.filter((row) => fullTwins(row) === 0).length;
  const other = contradicted === 0 ? '' : `, ${contradicted} of them with another target only`;
  const message =
    `${describeShare(shared.length, sampled.length, test.rowCount)} rows of the test part equal a row beside it in all features${other}, so a model ` +
    'that learns rows by heart looks better than it is; name what a row is about under split.key, or drop repeats in the transform.';
  return [{ kind: 'shared-rows', severity: 'warn', columns: [], figure: share, message }];
}

function hashColumns(table: ColumnTable, names: readonly string[]): RowHashes {
  const hashes = new RowHashes(table.rowCount);
  for (const name of names) addColumn(hashes, table, name);
  return hashes;
}

function addColumn(hashes: RowHashes, table: ColumnTable, name: string): void {
  const column = table.columns.get(name);
  if (column !== undefined) hashes.add(column);
}

/** Counts the other rows that equal each wanted row; holds the few wanted keys, not the many others. */
function countTwins(
  wanted: Uint32Array,
  wantedHashes: RowHashes,
  otherRows: number,
  otherHashes: RowHashes,
): (row: number) => number {
  const counts = new Map<number, number>();
  for (const row of wanted) counts.set(wantedHashes.keyOf(row), 0);
  for (let row = 0; row < otherRows; row += 1) {
    const key = otherHashes.keyOf(row);
    const count = counts.get(key);
    if (count !== undefined) counts.set(key, count + 1);
  }
  return (row) => counts.get(wantedHashes.keyOf(row)) ?? 0;
}
