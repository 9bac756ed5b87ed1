import { distance } from 'fastest-levenshtein';
import { type Problem, RecetaError } from '../contract/errors.js';
import type { Task } from '../contract/pipeline-plan.js';
import { decideTask } from '../features/decide-task.js';
import type { ColumnProfile, TableProfile } from './table-profile.js';

/** Fewer rows leave nothing to learn from after the split. */
const minRows = 20;
/** More classes than this are hardly meant as classes. */
const maxClasses = 100;
/** A target that spans more would overflow in sums of its errors. */
const maxTargetSpan = 1e300;
/** A share of missing values from which on a column is worth a warning. */
const nullHeavyShare = 0.5;
/** A share of different values from which on a whole-number or text column looks like an id. */
const idShare = 0.95;

export interface DatasetQuestion {
  readonly target: string;
  readonly ignore: readonly string[];
  /** False when a transform is still to come: it may make the target and mend what would block. */
  readonly checkTarget: boolean;
  /** `null`: decide from the target column. */
  readonly task: Task | null;
}

export interface DatasetVerdict {
  /** Each stops the run; `path` is the column. */
  readonly blocking: readonly Problem[];
  readonly warnings: readonly string[];
  /** `null` while the target is not checked, or when it cannot be one. */
  readonly task: Task | null;
}

/**
 * Decides whether a table can be learned from. Text and boolean targets are classes; numbers are quantities unless
 * they are at most ten different whole numbers. Every message ends with what to do.
 */
export function decideDatasetProblems(
  profile: TableProfile,
  question: DatasetQuestion,
): DatasetVerdict {
  const { target, ignore, checkTarget } = question;
  const ignored = new Set(ignore);
  const used = profile.columns.filter(({ name }) => !ignored.has(name));
  const targetColumn = profile.columns.find(({ name }) => name === target);
  const features = checkTarget ? used.filter(({ name }) => name !== target) : used;
  const task = checkTarget && targetColumn ? (question.task ?? toTask(targetColumn)) : null;
  const blocking = [
    ...findTargetProblems(profile, question, task),
    ...findTableProblems(profile, features),
    ...used.flatMap(findUnsafeIntegers),
  ];
  return {
    blocking: checkTarget ? blocking : [],
    warnings: [
      ...profile.notes,
      ...findTaskWarnings(targetColumn, question, task),
      ...findIgnoreWarnings(profile, ignore),
      ...features.flatMap((column) => findColumnWarnings(column, profile.rows)),
      ...findDuplicateWarnings(profile),
    ],
    task,
  };
}

/**
 * The error of a verdict with blocking problems: `target-invalid` when all of them are the target's, else
 * `dataset-invalid`; `null` when nothing blocks.
 */
export function toDatasetError(verdict: DatasetVerdict, target: string): RecetaError | null {
  const [first] = verdict.blocking;
  if (first === undefined) return null;
  const code = verdict.blocking.every(({ path }) => path === target)
    ? 'target-invalid'
    : 'dataset-invalid';
  const more = verdict.blocking.length === 1 ? '' : ` (and ${verdict.blocking.length - 1} more)`;
  return new RecetaError(code, `The data set cannot be used: ${first.message}${more}`, {
    problems: verdict.blocking,
  });
}

function toTask({ kind, distinct, wholeNumbers }: ColumnProfile): Task | null {
  return decideTask({ kind, distinctValues: distinct, wholeNumbers });
}

function findTargetProblems(
  profile: TableProfile,
  { target, ignore }: DatasetQuestion,
  task: Task | null,
): readonly Problem[] {
  const problem = (message: string): readonly Problem[] => [{ message, path: target }];
  const column = profile.columns.find(({ name }) => name === target);
  if (column === undefined) return problem(describeAbsentTarget(profile, target));
  if (ignore.includes(target)) {
    return problem(`the target '${target}' is also listed under ignore; remove it there.`);
  }
  if (column.distinct === 0) {
    return problem(`the target '${target}' has no value in any row; choose another column.`);
  }
  if (column.distinct === 1) {
    const only = column.topValues[0]?.value ?? String(column.min);
    return problem(
      `the target '${target}' has one value only ('${only}'), so there is nothing to learn; add rows with others.`,
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
  const list = `The columns are ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', ...' : ''}.`;
  const allowedEdits = target.length === 1 ? 0 : Math.max(1, Math.floor(target.length / 3));
  return near !== undefined && near.edits <= allowedEdits
    ? `there is no column '${target}'; did you mean '${near.name}'? ${list}`
    : `there is no column '${target}'; name one that exists as target. ${list}`;
}

function findTableProblems(
  { rows }: TableProfile,
  features: readonly ColumnProfile[],
): readonly Problem[] {
  const problems: Problem[] = [];
  if (rows < minRows) {
    problems.push({
      message: `it has ${rows} rows, and at least ${minRows} are needed; add rows.`,
    });
  }
  if (features.length === 0) {
    problems.push({ message: 'no column is left to learn from; ignore fewer columns.' });
  } else if (features.every(({ constant }) => constant)) {
    problems.push({
      message: 'every column beside the target holds one value only; add columns that vary.',
    });
  }
  return problems;
}

function findUnsafeIntegers({ name, unsafeIntegers }: ColumnProfile): readonly Problem[] {
  if (unsafeIntegers === null) return [];
  const { count, example } = unsafeIntegers;
  const what = count === 1 ? 'an integer' : `${count} integers`;
  const message =
    `column '${name}' holds ${what} beyond 2^53 (row ${example.row}: ${example.value}), ` +
    'which numbers with 53 bits cannot tell apart; list it under ignore, or make it text in the transform.';
  return [{ message, path: name }];
}

function findTaskWarnings(
  column: ColumnProfile | undefined,
  { task: asked }: DatasetQuestion,
  task: Task | null,
): readonly string[] {
  if (column === undefined || task === null || column.distinct < 2) return [];
  const warnings: string[] = [];
  if (
    asked === null &&
    column.kind === 'number' &&
    task === 'classification' &&
    column.distinct > 2
  ) {
    warnings.push(
      `the target '${column.name}' is taken as ${column.distinct} classes, because it has few different whole numbers; ` +
        'set task: regression if it is a quantity',
    );
  }
  if (column.nulls > 0) {
    warnings.push(
      `${column.nulls} rows have no value of the target '${column.name}' and will be left out`,
    );
  }
  const rarest = column.topValues.at(-1);
  if (
    task === 'classification' &&
    column.topValues.length === column.distinct &&
    rarest &&
    rarest.count < 5
  ) {
    warnings.push(
      `class '${rarest.value}' of the target has ${rarest.count} rows only; it may be missing from a part of the split`,
    );
  }
  return warnings;
}

function findIgnoreWarnings(
  { columns }: TableProfile,
  ignore: readonly string[],
): readonly string[] {
  const known = new Set(columns.map(({ name }) => name));
  return ignore
    .filter((name) => !known.has(name))
    .map((name) => `the ignored column '${name}' does not exist`);
}

function findColumnWarnings(column: ColumnProfile, rows: number): readonly string[] {
  const { name, nulls, distinct } = column;
  if (distinct === 0) return [`column '${name}' has no value in any row and teaches nothing`];
  if (column.constant) return [`column '${name}' holds one value only and teaches nothing`];
  const warnings: string[] = [];
  if (nulls >= nullHeavyShare * rows) {
    warnings.push(`column '${name}' is missing in ${nulls} of ${rows} rows`);
  }
  if (isIdLike(column, rows)) {
    warnings.push(
      `column '${name}' looks like an id (${distinct} different values); consider ignoring it`,
    );
  }
  if (column.almost !== null) {
    const { kind, count, exception } = column.almost;
    const what = kind === 'number' ? 'numbers' : 'dates or times';
    warnings.push(
      `column '${name}' is text, although ${count} of its values are ${what}: row ${exception.row} holds '${exception.value}'`,
    );
  }
  return warnings;
}

function isIdLike({ kind, nulls, distinct, wholeNumbers }: ColumnProfile, rows: number): boolean {
  const countable = kind === 'text' || (kind === 'number' && wholeNumbers);
  return countable && rows >= minRows && distinct >= idShare * (rows - nulls);
}

function findDuplicateWarnings({ rows, duplicateRows }: TableProfile): readonly string[] {
  return duplicateRows === 0
    ? []
    : [
        `${duplicateRows} of ${rows} rows repeat an earlier one; equal rows stay on one side of the split`,
      ];
}
