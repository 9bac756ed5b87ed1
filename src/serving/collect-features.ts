import { type Problem, RecetaError } from '../contract/errors.js';
import type { RawRow } from '../features/column-table.js';
import { compileProgram } from '../features/compile-program.js';
import type { FeatureProgram } from '../features/feature-program.js';
import type { RowInputs } from '../features/merge-inputs.js';
import { findFeatureProblems, findRowProblems } from '../features/row-problems.js';
import type { RowDeriver } from './row-deriver.js';

const reportedProblems = 100;

export interface FeatureSource {
  readonly programs: readonly FeatureProgram[];
  /** Of all programs together. */
  readonly inputs: RowInputs;
}

/**
 * Features of many rows for each program, looking at all rows before it complains. Derived columns are computed first;
 * programs without them never ask the deriver.
 *
 * @param path name of the list of rows, e.g. `instances`
 * @returns a matrix a program: rows x program.width, row-major
 * @throws RecetaError `prediction-input-invalid` with the problems of all rows (at most 100 are listed);
 *   as `RowDeriver.derive`
 */
export async function collectFeatures(
  { programs, inputs }: FeatureSource,
  rows: readonly RawRow[],
  path: string,
  deriver: RowDeriver | null,
): Promise<readonly Float32Array[]> {
  let complete = rows;
  if (inputs.derived.length > 0) {
    if (deriver === null) {
      const names = inputs.derived.map(({ name }) => name).join(', ');
      throw new RecetaError(
        'model-invalid',
        `Predicting: the model computes columns with SQL (${names}), and nothing here can. Serve it with the API.`,
      );
    }
    assertNoProblem(rows, path, (row, place) => findRowProblems(inputs, row, place));
    complete = await deriver.derive(inputs.derived, rows, path);
  }
  assertNoProblem(complete, path, (row, place) => findFeatureProblems(inputs, row, place));
  return programs.map((program) => applyRows(program, complete));
}

function applyRows(program: FeatureProgram, rows: readonly RawRow[]): Float32Array {
  const features = new Float32Array(rows.length * program.width);
  const { writeRow } = compileProgram(program);
  for (const [index, row] of rows.entries()) writeRow(row, features, index * program.width);
  return features;
}

function assertNoProblem(
  rows: readonly RawRow[],
  path: string,
  find: (row: RawRow, place: string) => readonly Problem[],
): void {
  const problems = rows.flatMap((row, index) => find(row, `${path}[${index}]`));
  const [first] = problems;
  if (first === undefined) return;
  const others = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
  throw new RecetaError('prediction-input-invalid', `Predicting: ${first.message}${others}`, {
    problems: problems.slice(0, reportedProblems),
  });
}
