import { distance } from 'fastest-levenshtein';
import type { Problem } from '../../contract/errors.js';
import type { ColumnRole } from '../../contract/feature-plan.js';
import type { Task } from '../../contract/pipeline-plan.js';
import type { ColumnProfile, TableProfile } from './table-profile.js';

/** More classes than this are hardly meant as classes. */
const maxClasses = 100;
/** A target that spans more would overflow in sums of its errors. */
const maxTargetSpan = 1e300;
/** Of a wide table that lacks the target. */
const maxShownNames = 20;

/** Why a column cannot be the target, if it cannot; `task` is what was asked for or decided. */
export function findTargetProblems(
  profile: TableProfile,
  target: string,
  role: ColumnRole,
  task: Task | null,
): readonly Problem[] {
  const problem = (message: string): readonly Problem[] => [{ message, path: target }];
  const column = profile.columns.find(({ name }) => name === target);
  if (column === undefined) return problem(describeAbsentTarget(profile, target));
  if (role === 'ignored') {
    return problem(`the target '${target}' is also listed under ignore; remove it there.`);
  }
  if (role !== 'feature') {
    return problem(
      `the target '${target}' has the role ${role} too; remove features.columns.${target}.role.`,
    );
  }
  if (column.distinct === 0) {
    return problem(`the target '${target}' has no value in any row; choose another column.`);
  }
  if (column.distinct === 1) {
    const only = column.topValues[0]?.value ?? column.min;
    const shown = only === null ? '' : ` ('${only}')`;
    return problem(
      `the target '${target}' has one value only${shown}, so there is nothing to learn; add rows with others.`,
    );
  }
  if (task === null) {
    return problem(
      `the target '${target}' is a time (${column.sqlType}); turn it into a number in the transform, e.g. with epoch().`,
    );
  }
  if (task === 'regression') return findRegressionProblems(column);
  if (column.distinct <= maxClasses) return [];
  return problem(
    `the target '${target}' has ${column.distinct} different values, more than the ${maxClasses} classes that can be ` +
      'told apart; group them in the transform, or set task: regression if it is a quantity.',
  );
}

function findRegressionProblems(column: ColumnProfile): readonly Problem[] {
  if (column.kind === 'boolean') return [];
  if (column.kind === 'number') return findSpanProblems(column);
  const example =
    column.almost?.kind === 'number'
      ? ` Row ${column.almost.exception.row} holds '${column.almost.exception.value}'.`
      : '';
  const message =
    `the target '${column.name}' is no number (${column.sqlType}), which regression needs.${example} ` +
    'Convert it in the transform, or set task: classification.';
  return [{ message, path: column.name }];
}

function findSpanProblems({ name, min, max }: ColumnProfile): readonly Problem[] {
  if (Number(max) - Number(min) <= maxTargetSpan) return [];
  const message = `the target '${name}' goes from ${min} to ${max}, too far to be computed with; scale it in the transform.`;
  return [{ message, path: name }];
}

function describeAbsentTarget({ columns }: TableProfile, target: string): string {
  const names = columns.map(({ name }) => name);
  const near = names
    .map((name) => ({
      name,
      edits: distance(name.trim().toLowerCase(), target.trim().toLowerCase()),
    }))
    .sort((a, b) => a.edits - b.edits)[0];
  const more = names.length > maxShownNames ? ` and ${names.length - maxShownNames} more` : '';
  const list = `The columns are ${names.slice(0, maxShownNames).map(toShownName).join(', ')}${more}.`;
  const allowedEdits = target.length === 1 ? 0 : Math.max(1, Math.floor(target.length / 3));
  return near !== undefined && near.edits <= allowedEdits
    ? `there is no column '${target}'; did you mean '${near.name}'? ${list}`
    : `there is no column '${target}'; name one that exists as target. ${list}`;
}

/** Quoted where it could be taken for several, e.g. a header that was read with another delimiter. */
function toShownName(name: string): string {
  return /^[\p{L}\p{N}_.-]+$/u.test(name) ? name : JSON.stringify(name);
}
