import type { Task } from '../contract/pipeline-plan.js';
import type { ColumnKind } from './column-table.js';

/** Whole numbers with at most this many different values are taken for class codes. */
const maxNumberClasses = 10;

/**
 * Decides the task from the target column when the pipeline file leaves it open: text and booleans are
 * classes, numbers are quantities unless they are at most ten different whole numbers.
 *
 * @param distinctValues missing ones not counted
 * @param wholeNumbers whether every number is an integer; only looked at for numbers
 * @returns null for a kind of column that cannot be a target
 */
export function decideTask(target: {
  readonly kind: ColumnKind;
  readonly distinctValues: number;
  readonly wholeNumbers: boolean;
}): Task | null {
  switch (target.kind) {
    case 'text':
    case 'boolean':
      return 'classification';
    case 'number':
      return target.wholeNumbers && target.distinctValues <= maxNumberClasses
        ? 'classification'
        : 'regression';
    case 'datetime':
      return null;
  }
}
