import { type Problem, RecetaError } from '../contract/errors.js';
import type { ModelName } from '../contract/model-names.js';
import type { ColumnEncoding, FeatureProgram } from '../features/feature-program.js';

/** Models that take a missing number as it is. */
const missingReaders: readonly ModelName[] = ['lightgbm'];

/** Models that learn nothing of a level by itself: to them an index would say that neighbors are alike. */
const indexBlind: readonly ModelName[] = ['linear'];

/**
 * Refuses features that a model cannot read, before anything is trained.
 *
 * @throws RecetaError `pipeline-invalid` naming each column
 */
export function assertModelInputs(
  model: ModelName,
  { columns }: Pick<FeatureProgram, 'columns'>,
): void {
  const problems = columns.flatMap((column) => findProblem(model, column) ?? []);
  if (problems.length === 0) return;
  const found = problems.map(({ message }) => message).join('; ');
  throw new RecetaError('pipeline-invalid', `Preparing features for ${model}: ${found}.`, {
    problems,
  });
}

function findProblem(model: ModelName, column: ColumnEncoding): Problem | null {
  const { name } = column;
  const isIndex = column.kind === 'category' && column.values.encode === 'index';
  if (isIndex && indexBlind.includes(model)) {
    const message = `${name} is encoded as an index, which ${model} cannot read; take one-hot, target or frequency`;
    return { path: `features.columns.${name}.encode`, message };
  }
  const staysMissing = column.kind === 'number' && column.value?.fill === null;
  if (staysMissing && !missingReaders.includes(model)) {
    const message = `missing values of ${name} stay missing, which ${model} cannot read; take impute: median, or mean`;
    return { path: `features.columns.${name}.impute`, message };
  }
  return null;
}
