import { type Problem, RecetaError } from '../../contract/errors.js';
import type { ColumnRole, FeaturePlan } from '../../contract/feature-plan.js';
import type { Task } from '../../contract/pipeline-plan.js';
import { decideTask } from '../../features/decide-task.js';
import { toColumnKind } from '../column-kind.js';
import { findColumnWarnings } from './find-column-warnings.js';
import { findTargetProblems } from './find-target-problems.js';
import { minRows } from './min-rows.js';
import type { ColumnProfile, TableProfile } from './table-profile.js';

export interface DatasetQuestion {
  readonly target: string;
  readonly features: FeaturePlan;
  /** `null`: decide from the target column. */
  readonly task: Task | null;
}

export interface DatasetVerdict {
  /** Each stops the run; `path` is the column. */
  readonly blocking: readonly Problem[];
  readonly warnings: readonly string[];
  /** `null` when the target cannot be one. */
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
  const { target } = question;
  const roleOf = (name: string): ColumnRole => question.features.columns[name]?.role ?? 'feature';
  const targetColumn = profile.columns.find(({ name }) => name === target);
  const features = profile.columns.filter(({ name, kind }) => {
    const role = roleOf(name);
    // Of a time that orders the rows, its parts are learned from.
    const isLearned = role === 'feature' || (role === 'time' && kind === 'datetime');
    return isLearned && name !== target;
  });
  const learned = targetColumn === undefined ? features : [...features, targetColumn];
  const task = targetColumn === undefined ? null : (question.task ?? toTask(targetColumn));
  return {
    blocking: [
      ...findTargetProblems(profile, target, roleOf(target), task),
      ...findTableProblems(profile, features),
      ...features.flatMap(findTypeProblems),
      ...learned.flatMap(findUnsafeIntegers),
      ...profile.columns
        .filter(({ name }) => roleOf(name) === 'weight')
        .flatMap(findWeightProblems),
    ],
    warnings: [
      ...profile.notes,
      ...findTaskWarnings(targetColumn, question, task),
      ...findPlanWarnings(profile, question.features),
      ...features.flatMap((column) => {
        const kind = question.features.columns[column.name]?.kind ?? null;
        return findColumnWarnings(column, profile.rows, kind);
      }),
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

function findTypeProblems({ name, sqlType }: ColumnProfile): readonly Problem[] {
  if (toColumnKind(sqlType) !== null) return [];
  const message =
    `column '${name}' is of the type ${sqlType}, which nothing is learned from; ` +
    'list it under ignore, or make numbers, times or text of it in the transform.';
  return [{ message, path: name }];
}

function findUnsafeIntegers({ name, unsafeIntegers }: ColumnProfile): readonly Problem[] {
  if (unsafeIntegers === null) return [];
  const { count, example } = unsafeIntegers;
  const what = count === 1 ? 'an integer' : `${count} integers`;
  const message =
    `column '${name}' holds ${what} beyond 2^53 (row ${example.row}: ${example.value}), which numbers with 53 bits ` +
    `cannot tell apart; list it under ignore, set features.columns.${name}.role to key, or make it text, with ` +
    `source.types: { ${name}: VARCHAR } or CAST(${name} AS VARCHAR) in the transform.`;
  return [{ message, path: name }];
}

function findWeightProblems({
  name,
  kind,
  sqlType,
  min,
  nulls,
}: ColumnProfile): readonly Problem[] {
  const problem = (found: string): readonly Problem[] => {
    const message = `the weight column '${name}' ${found}; correct it in the transform, or remove features.columns.${name}.role.`;
    return [{ message, path: name }];
  };
  if (kind !== 'number') return problem(`is no number (${sqlType})`);
  if (nulls > 0) return problem(`is missing in ${nulls} rows`);
  return typeof min === 'number' && min < 0 ? problem(`holds negative weights (${min})`) : [];
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

function findPlanWarnings(
  { columns }: TableProfile,
  { columns: plans }: FeaturePlan,
): readonly string[] {
  const known = new Set(columns.map(({ name }) => name));
  return Object.entries(plans)
    .filter(([name]) => !known.has(name))
    .map(([name, { role }]) =>
      role === 'ignored'
        ? `the ignored column '${name}' does not exist`
        : `features.columns names '${name}', which does not exist`,
    );
}

function findDuplicateWarnings({ rows, duplicateRows }: TableProfile): readonly string[] {
  return duplicateRows === 0
    ? []
    : [
        `${duplicateRows} of ${rows} rows repeat an earlier one; equal rows stay on one side of the split`,
      ];
}
