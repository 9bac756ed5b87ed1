import type { PrepareSplitsInput } from '../contract/activities.js';
import type { ModelName } from '../contract/model-names.js';
import type { Task } from '../contract/pipeline-plan.js';
import type { ColumnTable } from '../features/column-table.js';
import { countLabels } from '../features/labels.js';
import { resolveModels } from '../learning/resolve-models.js';
import { toDatasetTraits } from '../learning/to-dataset-traits.js';

export interface FirstModelQuestion
  extends Pick<PrepareSplitsInput, 'models' | 'learning' | 'target'> {
  readonly task: Task;
  /** Of the first fold. */
  readonly trainRows: number;
}

/**
 * Names the model whose wishes the prepared features follow: the first of those that the run will train. How many
 * features a row will have is not known yet, and taken to be as many as columns.
 *
 * @throws RecetaError `pipeline-invalid` when a model cannot learn this, or what is to be learned does not fit the task
 */
export function findFirstModel(
  development: ColumnTable,
  { models, learning, target, task, trainRows }: FirstModelQuestion,
): ModelName {
  const column = development.columns.get(target);
  const classCount =
    task === 'regression' || column === undefined ? null : countLabels(column).size;
  const width = development.columns.size;
  const traits = toDatasetTraits({ task, classCount, trainRows, width, learning });
  const [first] = resolveModels(models, traits);
  if (first === undefined) throw new Error('a run has at least one model');
  return first;
}
