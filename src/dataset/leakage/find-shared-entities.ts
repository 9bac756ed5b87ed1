import type { Column } from '../../features/column-table.js';
import { describeShare } from './describe-share.js';
import { foldColumn, type LeakQuestion, roleOf } from './leak-question.js';
import type { LeakFinding } from './leakage-report.js';
import { pickRows } from './pick-rows.js';
import { RowHashes } from './row-hashes.js';

/** A column that names things has many different values, each of them in a few rows. */
const minEntities = 100;
const minRowsEach = 2;
const maxRowsEach = 20;
/** Fewer shared rows than this happen by chance. */
const warnShare = 0.1;
const sampleRows = 100_000;

/**
 * Finds things (by key or group columns, else by columns that look like names or ids) whose rows stand on both sides
 * of the test part. A split by time is meant to do so.
 */
export function findSharedEntities(question: LeakQuestion): readonly LeakFinding[] {
  const { development, test, split, target, features } = question;
  if (split.type === 'time' || test.rowCount === 0) return [];
  const findings: LeakFinding[] = [];
  for (const [name, column] of development.columns) {
    const other = test.columns.get(name);
    if (name === target || name === foldColumn || other === undefined) continue;
    const role = roleOf(features, name);
    const declared = role === 'key' || role === 'group';
    if (!declared && (role !== 'feature' || !namesEntities(name, column))) continue;
    const { shared, looked } = countShared(column, development.rowCount, other, test.rowCount);
    const share = looked === 0 ? 0 : shared / looked;
    if (declared ? shared === 0 : share < warnShare) continue;
    const what = declared ? `${role} column` : 'column';
    const message =
      `${describeShare(shared, looked, test.rowCount)} rows of the test part have a value of the ${what} '${name}' that rows beside it ` +
      `have too, so the model may know them; keep each on one side with ${toKey(question, name)}, if it names the same thing.`;
    findings.push({
      kind: 'shared-entity',
      severity: 'warn',
      columns: [name],
      figure: share,
      message,
    });
  }
  return findings;
}

/** Only a split by hash has a key. */
function toKey({ split }: LeakQuestion, name: string): string {
  const type = split.type === 'hash' ? '' : 'type: hash, ';
  return `split: { ${type}key: [${name}] }`;
}

/** True for texts, and for whole numbers called an id, that repeat a few times each. */
function namesEntities(name: string, column: Column): boolean {
  if (column.kind === 'text') {
    let rows = 0;
    for (const code of column.codes) if (code >= 0) rows += 1;
    return repeatsFewTimes(rows, column.levels.length);
  }
  if (column.kind !== 'number' || !/(?:^|[^a-z])id$|[a-z]I[dD]$/i.test(name)) return false;
  const known = column.values.filter(Number.isFinite);
  return known.every(Number.isInteger) && repeatsFewTimes(known.length, new Set(known).size);
}

function repeatsFewTimes(rows: number, different: number): boolean {
  const each = rows / different;
  return different >= minEntities && each >= minRowsEach && each <= maxRowsEach;
}

function countShared(
  column: Column,
  rowCount: number,
  other: Column,
  otherRows: number,
): { readonly shared: number; readonly looked: number } {
  const all = Uint32Array.from({ length: otherRows }, (_, row) => row);
  const looked = pickRows(all, sampleRows).filter((row) => isKnown(other, row));
  const hashes = new RowHashes(rowCount).add(column);
  const otherHashes = new RowHashes(otherRows).add(other);
  const open = new Set<number>();
  for (const row of looked) open.add(otherHashes.keyOf(row));
  const found = new Set<number>();
  for (let row = 0; row < rowCount; row += 1) {
    const key = hashes.keyOf(row);
    if (open.has(key)) found.add(key);
  }
  const shared = looked.filter((row) => found.has(otherHashes.keyOf(row))).length;
  return { shared, looked: looked.length };
}

function isKnown(column: Column, row: number): boolean {
  return column.kind === 'text'
    ? (column.codes[row] ?? -1) >= 0
    : Number.isFinite(column.values[row]);
}
