import type { ColumnRole, FeaturePlan } from '../../contract/feature-plan.js';
import type { SplitPlan, Task } from '../../contract/pipeline-plan.js';
import type { ColumnTable } from '../../features/column-table.js';
import { foldColumns } from '../split/fold-rows.js';

/** Number column of the development table: the fold that validates on the row, -1 where none does. */
export const foldColumn = foldColumns.validation;

/** What a search for leaks looks at. */
export interface LeakQuestion {
  /** All rows beside the test part, in the order of the table, with `receta_fold`. */
  readonly development: ColumnTable;
  readonly test: ColumnTable;
  readonly target: string;
  readonly task: Task;
  readonly features: FeaturePlan;
  readonly split: SplitPlan;
}

export function roleOf(plan: FeaturePlan, column: string): ColumnRole {
  return plan.columns[column]?.role ?? 'feature';
}

/** Names of the columns that are learned from; of a time that orders the rows its parts are. */
export function featureNames({ development, target, features }: LeakQuestion): readonly string[] {
  return [...development.columns].flatMap(([name, { kind }]) => {
    const role = roleOf(features, name);
    const isLearned = role === 'feature' || (role === 'time' && kind === 'datetime');
    return isLearned && name !== target && name !== foldColumn ? [name] : [];
  });
}
