import { RecetaError } from '../contract/errors.js';
import type { ColumnEncoding, FeatureProgram, UnusedColumn } from './feature-program.js';

/** What decides which columns a row must and may hold. */
export type RowInputs = Pick<FeatureProgram, 'target' | 'columns' | 'unused' | 'derived'>;

/**
 * The inputs of all programs together: a row that holds them suits each program. A column that one of them uses counts
 * as used.
 *
 * @param programs fitted on parts of one table; at least one
 * @throws RecetaError model-invalid when they do not belong together
 */
export function mergeInputs(programs: readonly FeatureProgram[]): RowInputs {
  const [first, ...others] = programs;
  if (first === undefined) throw invalid('there is none');
  for (const other of others) assertRelated(first, other);
  const used = new Map<string, ColumnEncoding>();
  for (const column of programs.flatMap(({ columns }) => columns)) {
    const known = used.get(column.name);
    if (known !== undefined && known.column !== column.column) {
      throw invalid(`${column.name} is ${known.column} in one and ${column.column} in another`);
    }
    if (known === undefined) used.set(column.name, column);
  }
  const unused = new Map<string, UnusedColumn>();
  for (const column of programs.flatMap((program) => program.unused)) {
    if (!used.has(column.name)) unused.set(column.name, column);
  }
  const { target, derived } = first;
  return { target, columns: [...used.values()], unused: [...unused.values()], derived };
}

function assertRelated(first: FeatureProgram, other: FeatureProgram): void {
  const [a, b] = [first.target, other.target];
  if (a.task !== b.task || a.name !== b.name) {
    throw invalid(`one predicts ${a.name} (${a.task}) and another ${b.name} (${b.task})`);
  }
  if (a.task === 'classification' && b.task === 'classification') {
    const classesOf = ({ classes, labelKind }: typeof a) => JSON.stringify([labelKind, classes]);
    if (classesOf(a) !== classesOf(b)) throw invalid(`they know different classes of ${a.name}`);
  }
  if (JSON.stringify(first.derived) !== JSON.stringify(other.derived)) {
    throw invalid('they derive different columns');
  }
}

function invalid(found: string): RecetaError {
  return new RecetaError(
    'model-invalid',
    `Joining the feature programs of a model: ${found}. The stored model is damaged; train it again.`,
  );
}
