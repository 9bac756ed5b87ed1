import { RecetaError } from '../contract/errors.js';
import { outputCount } from './column-outputs.js';
import type { RawRow } from './column-table.js';
import type { FeatureProgram } from './feature-program.js';
import { parseDatetime } from './parse-datetime.js';
import { findRowProblems } from './row-problems.js';
import { outputOfLevel, writeNumeric } from './write-features.js';

/**
 * Turns one row, as it comes in a prediction request, into features.
 *
 * @param path of the row inside the request, for the paths of problems, e.g. `instances[3]`
 * @returns program.width finite numbers
 * @throws RecetaError prediction-input-invalid listing all problems; see findRowProblems
 */
export function applyRow(program: FeatureProgram, row: RawRow, path = ''): Float32Array {
  const problems = findRowProblems(program, row, path);
  if (problems.length > 0) {
    const findings = problems.map((problem) => problem.message).join('; ');
    throw new RecetaError('prediction-input-invalid', `cannot predict: ${findings}`, { problems });
  }
  const features = new Float32Array(program.width);
  let offset = 0;
  for (const encoding of program.columns) {
    const value = row[encoding.name] ?? null;
    if (encoding.kind === 'text') {
      const output = outputOfLevel(encoding, value === null ? null : String(value));
      if (output >= 0) features[offset + output] = 1;
    } else {
      writeNumeric(encoding, toNumber(value), features, offset);
    }
    offset += outputCount(encoding);
  }
  return features;
}

/** The number under which a checked value stands in a column; the only texts that come here are times. */
function toNumber(value: number | string | boolean | null): number {
  const number = typeof value === 'string' ? parseDatetime(value) : value;
  return number === null ? Number.NaN : Number(number);
}
