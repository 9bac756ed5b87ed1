import { RecetaError } from '../contract/errors.js';
import type { RawRow } from './column-table.js';
import { compileProgram } from './compile-program.js';
import type { FeatureProgram } from './feature-program.js';
import { findFeatureProblems } from './row-problems.js';

/**
 * Turns one row into features, equal to the bit to applyFeatures. The row holds the derived columns already; a row of a
 * prediction request is checked by findRowProblems before they are computed.
 *
 * @param path of the row inside the request, for the paths of problems, e.g. `instances[3]`
 * @returns program.width numbers
 * @throws RecetaError prediction-input-invalid listing all problems
 */
export function applyRow(program: FeatureProgram, row: RawRow, path = ''): Float32Array {
  const problems = findFeatureProblems(program, row, path);
  if (problems.length > 0) {
    const findings = problems.map((problem) => problem.message).join('; ');
    throw new RecetaError('prediction-input-invalid', `cannot predict: ${findings}`, { problems });
  }
  const features = new Float32Array(program.width);
  compileProgram(program).writeRow(row, features, 0);
  return features;
}
