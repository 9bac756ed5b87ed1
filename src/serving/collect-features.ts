import { type Problem, RecetaError } from '../contract/errors.js';
import { applyRow } from '../features/apply-row.js';
import type { RawRow } from '../features/column-table.js';
import type { FeatureProgram } from '../features/feature-program.js';

const reportedProblems = 100;

/**
 * Features of many rows, looking at all of them before it complains.
 *
 * @param path name of the list of rows, e.g. `instances`
 * @returns rows x program.width, row-major
 * @throws RecetaError `prediction-input-invalid` with the problems of all rows (at most 100 are listed)
 */
export function collectFeatures(
  program: FeatureProgram,
  rows: readonly RawRow[],
  path: string,
): Float32Array {
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
  const [first] = problems;
  if (first === undefined) return features;
  const others = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
  throw new RecetaError('prediction-input-invalid', `Predicting: ${first.message}${others}`, {
    problems: problems.slice(0, reportedProblems),
  });
}
