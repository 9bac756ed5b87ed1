import { type Problem, RecetaError } from '../contract/errors.js';
import { applyRow } from '../features/apply-row.js';
import type { RawRow } from '../features/column-table.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { findRowProblems } from '../features/row-problems.js';
import type { RowDeriver } from './row-deriver.js';

const reportedProblems = 100;

/**
 * Features of many rows, looking at all of them before it complains. Derived columns are computed first; a program
 * without them never asks the deriver.
 *
 * @param path name of the list of rows, e.g. `instances`
 * @returns rows x program.width, row-major
 * @throws RecetaError `prediction-input-invalid` with the problems of all rows (at most 100 are listed);
 *   as `RowDeriver.derive`
 */
export async function collectFeatures(
  program: FeatureProgram,
  rows: readonly RawRow[],
  path: string,
  deriver: RowDeriver | null,
): Promise<Float32Array> {
  if (program.derived.length === 0) return applyRows(program, rows, path);
  if (deriver === null) {
    const names = program.derived.map(({ name }) => name).join(', ');
    throw new RecetaError(
      'model-invalid',
      `Predicting: the model computes columns with SQL (${names}), and nothing here can. Serve it with the API.`,
    );
  }
  assertNoProblem(rows.flatMap((row, index) => findRowProblems(program, row, `${path}[${index}]`)));
  return applyRows(program, await deriver.derive(program.derived, rows, path), path);
}

function applyRows(program: FeatureProgram, rows: readonly RawRow[], path: string): Float32Array {
  const features = new Float32Array(rows.length * program.width);
  const problems: Problem[] = [];
  for (const [index, row] of rows.entries()) {
    try {
      features.set(applyRow(program, row, `${path}[${index}]`), index * program.width);
    } catch (error) {
      if (!(error instanceof RecetaError) || error.code !== 'prediction-input-invalid') throw error;
      problems.push(...error.problems);
    }
  }
  assertNoProblem(problems);
  return features;
}

function assertNoProblem(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const others = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
  throw new RecetaError('prediction-input-invalid', `Predicting: ${first.message}${others}`, {
    problems: problems.slice(0, reportedProblems),
  });
}
