import { RecetaError } from '../../../contract/errors.js';
import type { FeatureProgram } from '../../../features/feature-program.js';

/**
 * Refuses features that are positions in a table of vectors, which this family does not learn: as plain numbers they
 * would say that levels next to each other are alike.
 *
 * @throws RecetaError `pipeline-invalid` naming each column
 */
export function assertMlpInputs({ columns }: Pick<FeatureProgram, 'columns'>): void {
  const names = columns
    .filter((column) => column.kind === 'category' && column.values.encode === 'index')
    .map(({ name }) => name);
  if (names.length === 0) return;
  throw new RecetaError(
    'pipeline-invalid',
    `Preparing features for an mlp: it learns no vectors for levels, which encode: index of ${names.join(', ')} is for. ` +
      'Take one-hot, target or frequency instead.',
    {
      problems: names.map((name) => ({
        path: `features.columns.${name}.encode`,
        message: `encode of ${name} is index, which an mlp cannot use`,
      })),
    },
  );
}
