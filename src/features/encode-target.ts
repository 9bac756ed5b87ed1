import { RecetaError } from '../contract/errors.js';
import type { Column, ColumnTable } from './column-table.js';
import type { ClassificationTarget, FeatureProgram } from './feature-program.js';
import { findClassIndexes } from './find-class-indexes.js';
import { labelAt } from './labels.js';
import { scaleTarget } from './scale-target.js';

/**
 * The targets of a table as the model learns them: class indexes, or scaled numbers.
 *
 * @throws RecetaError target-invalid when the target column is absent, has missing values, or holds a
 *   class that the train part lacks
 */
export function encodeTarget(
  program: FeatureProgram,
  table: ColumnTable,
): Int32Array | Float32Array {
  const { target } = program;
  if (target.task === 'classification') return encodeClasses(target, findColumn(program, table));
  return Float32Array.from(targetNumbers(program, table), (value) => scaleTarget(target, value));
}

/**
 * The targets of a regression in original units, for the evaluation.
 *
 * @throws RecetaError target-invalid when the column is absent, holds no numbers, or has missing values
 */
export function targetNumbers(program: FeatureProgram, table: ColumnTable): Float64Array {
  const column = findColumn(program, table);
  if (column.kind !== 'number') {
    throw invalid(program.target.name, `it holds ${column.kind} values instead of numbers`);
  }
  const missing = column.values.findIndex((value) => !Number.isFinite(value));
  if (missing >= 0) throw missingValue(program.target.name, missing);
  return column.values;
}

function encodeClasses(target: ClassificationTarget, column: Column): Int32Array {
  const indexes = findClassIndexes(target, column);
  const bad = indexes.findIndex((index) => index < 0);
  if (bad < 0) return indexes;
  const label = labelAt(column, bad);
  if (label === null) throw missingValue(target.name, bad);
  throw invalid(
    target.name,
    `class ${label} does not occur in the train part, so it cannot be learned; ` +
      'add rows of this class, leave it out in the transform, or set split.stratify: true or another split.seed',
  );
}

function findColumn(program: FeatureProgram, table: ColumnTable): Column {
  const column = table.columns.get(program.target.name);
  if (column === undefined) throw invalid(program.target.name, 'the table has no such column');
  return column;
}

function missingValue(name: string, row: number): RecetaError {
  return invalid(name, `row ${row + 1} has no value`);
}

function invalid(name: string, finding: string): RecetaError {
  return new RecetaError('target-invalid', `cannot read the target ${name}: ${finding}`);
}
