import { RecetaError } from '../contract/errors.js';
import { outputCount } from './column-outputs.js';
import type { Column, ColumnTable, NumericColumn } from './column-table.js';
import type { ColumnEncoding, FeatureProgram } from './feature-program.js';
import { type NumericEncoding, outputOfLevel, writeNumeric } from './write-features.js';

/**
 * Turns all rows of a table into features, equal to the bit to applyRow on each row.
 *
 * @returns rowCount x program.width numbers, row by row, all finite
 * @throws RecetaError dataset-invalid listing all columns that are absent or of another kind
 */
export function applyFeatures(program: FeatureProgram, table: ColumnTable): Float32Array {
  const columns = findColumns(program, table);
  const features = new Float32Array(table.rowCount * program.width);
  let offset = 0;
  for (const [encoding, column] of columns) {
    writeColumn(encoding, column, { features, width: program.width, offset });
    offset += outputCount(encoding);
  }
  return features;
}

interface Destination {
  readonly features: Float32Array;
  readonly width: number;
  readonly offset: number;
}

function writeColumn(encoding: ColumnEncoding, column: Column, destination: Destination): void {
  const { features, width } = destination;
  let position = destination.offset;
  if (encoding.kind === 'text' && column.kind === 'text') {
    const outputs = column.levels.map((level) => outputOfLevel(encoding, level));
    const outputOfMissing = outputOfLevel(encoding, null);
    for (const code of column.codes) {
      // Codes that are not -1 point into the levels.
      const output = code < 0 ? outputOfMissing : (outputs[code] as number);
      if (output >= 0) features[position + output] = 1;
      position += width;
    }
  } else {
    // findColumns pairs columns with encodings of their own kind.
    for (const value of (column as NumericColumn).values) {
      writeNumeric(encoding as NumericEncoding, value, features, position);
      position += width;
    }
  }
}

function findColumns(program: FeatureProgram, table: ColumnTable): [ColumnEncoding, Column][] {
  const found: [ColumnEncoding, Column][] = [];
  const problems: { message: string; path: string }[] = [];
  for (const encoding of program.columns) {
    const { name, kind } = encoding;
    const column = table.columns.get(name);
    if (column?.kind === kind) found.push([encoding, column]);
    else problems.push({ path: name, message: describeMismatch(name, kind, column) });
  }
  if (problems.length === 0) return found;
  const findings = problems.map((problem) => problem.message).join('; ');
  throw new RecetaError('dataset-invalid', `the table does not fit the model: ${findings}`, {
    problems,
  });
}

function describeMismatch(name: string, kind: string, column: Column | undefined): string {
  return column === undefined
    ? `column ${name} is missing`
    : `column ${name} must hold ${kind} values, but holds ${column.kind} values`;
}
