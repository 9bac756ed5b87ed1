import { RecetaError } from '../../contract/errors.js';
import type { OpenTable } from '../profile/open-table.js';
import { compileClassFraction } from './check-class-fraction.js';
import { compileFreshness } from './check-freshness.js';
import { compileNulls } from './check-nulls.js';
import { compilePattern } from './check-pattern.js';
import type { CheckPlan } from './check-plan.js';
import { compileRange } from './check-range.js';
import { compileRows } from './check-rows.js';
import { compileType } from './check-type.js';
import { compileUnique } from './check-unique.js';
import { compileValues } from './check-values.js';
import type { CheckSubject, CompiledCheck } from './compiled-check.js';

const columnChecks = [
  compileType,
  compileNulls,
  compileRange,
  compileValues,
  compileUnique,
  compilePattern,
  compileClassFraction,
] as const;

/**
 * Turns what a table has to keep into SQL over `source`.
 *
 * @throws RecetaError `dataset-invalid` naming the columns that the table lacks
 */
export function compileChecks(plan: CheckPlan, table: OpenTable): readonly CompiledCheck[] {
  const subjects: CheckSubject[] = table.columns.map((column) => ({ ...column, rows: table.rows }));
  const byName = new Map(subjects.map((subject) => [subject.name, subject]));
  assertKnown(plan, [...byName.keys()]);
  const ofColumns = Object.entries(plan.columns).flatMap(([name, expectation]) => {
    const subject = byName.get(name);
    if (subject === undefined) return [];
    return columnChecks.map((compile) => compile(subject, expectation));
  });
  return [compileRows(plan, table.rows), compileFreshness(plan, subjects), ...ofColumns].filter(
    (check) => check !== null,
  );
}

function assertKnown(plan: CheckPlan, names: readonly string[]): void {
  const asked = [...Object.keys(plan.columns), ...plan.keys];
  if (plan.freshness !== null) asked.push(plan.freshness.column);
  const unknown = [...new Set(asked)].filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  throw new RecetaError(
    'dataset-invalid',
    `Checking a table: it has no column ${unknown.map((name) => `'${name}'`).join(', ')}. Its columns are ${names.join(', ')}.`,
    { problems: unknown.map((path) => ({ path, message: `no column '${path}'` })) },
  );
}
