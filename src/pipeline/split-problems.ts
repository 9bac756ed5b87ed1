import type { SplitPlan } from '../contract/pipeline-plan.js';
import type { SplitFields } from './split-fields.js';
import { toFractions } from './split-fractions.js';

type SplitType = SplitPlan['type'];
type SplitKey = keyof SplitFields;

/** Keys that mean something for each type. */
const keysByType: Readonly<Record<SplitType, readonly SplitKey[]>> = {
  hash: ['type', 'train', 'validation', 'test', 'seed', 'key', 'stratify', 'folds'],
  time: ['type', 'train', 'validation', 'test', 'by', 'gap', 'folds'],
  column: ['type', 'column', 'values'],
  fixed: ['type', 'train', 'validation', 'test', 'seed', 'stratify', 'rows'],
};

export interface SplitProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The type that a split says or lets expect. */
export function decideSplitType({ type, by, column, rows }: SplitFields): SplitType {
  if (type !== undefined) return type;
  if (by !== undefined) return 'time';
  if (column !== undefined) return 'column';
  return rows === undefined ? 'hash' : 'fixed';
}

/** Lists keys of a split that contradict its type or each other; messages follow the path. */
export function findSplitProblems(split: SplitFields): readonly SplitProblem[] {
  const type = decideSplitType(split);
  const misplaced = (Object.keys(split) as SplitKey[])
    .filter((key) => !keysByType[type].includes(key))
    .map((key) => ({ path: [key], message: describeMisplaced(key, type) }));
  if (misplaced.length > 0) return misplaced;
  if (type === 'column') return findColumnProblems(split);
  return [...findFractionProblems(split), ...findStratifyProblems(split)];
}

function describeMisplaced(key: SplitKey, type: SplitType): string {
  const owners = (Object.keys(keysByType) as SplitType[]).filter((owner) =>
    keysByType[owner].includes(key),
  );
  return `belongs to the type ${owners.join(' or ')}, and this split is of the type ${type}`;
}

function findFractionProblems(split: SplitFields): SplitProblem[] {
  const fractions = (['train', 'validation', 'test'] as const).filter(
    (part) => split[part] !== undefined,
  );
  if (split.rows !== undefined) {
    return ['train', 'validation', 'test', 'seed', 'stratify']
      .filter((key) => split[key as SplitKey] !== undefined)
      .map((key) => ({ path: [key], message: 'has no meaning beside rows, which name every row' }));
  }
  if (split.folds !== undefined) {
    return fractions
      .filter((part) => part !== 'test')
      .map((part) => ({
        path: [part],
        message:
          'has no meaning beside folds, which deal out all rows that are not in the test part',
      }));
  }
  const { train, validation, test } = toFractions(split);
  const sum = train + validation + test;
  if (Math.abs(sum - 1) <= 1e-9) return [];
  const message = `adds up to ${Number(sum.toFixed(6))}, wanted train, validation and test that add up to 1; give all three`;
  return [{ path: [], message }];
}

function findStratifyProblems({ stratify, key = [] }: SplitFields): SplitProblem[] {
  if (stratify !== true || key.length === 0) return [];
  const message = `is true, and so is a key given: rows that share ${key.join(', ')} stay together, whatever their class; drop one of the two`;
  return [{ path: ['stratify'], message }];
}

function findColumnProblems({ column, values = {} }: SplitFields): SplitProblem[] {
  if (column === undefined) {
    return [
      { path: ['column'], message: 'is missing, wanted the column that says the part of a row' },
    ];
  }
  const seen = new Map<string, string>();
  const problems: SplitProblem[] = [];
  for (const part of ['train', 'validation', 'test'] as const) {
    for (const label of new Set((values[part] ?? [part]).map(String))) {
      const other = seen.get(label);
      if (other === undefined) seen.set(label, part);
      else {
        const path = ['values', values[part] === undefined ? other : part];
        problems.push({
          path,
          message: `names ${JSON.stringify(label)}, which means ${part === path[1] ? other : part} too`,
        });
      }
    }
  }
  return problems;
}
