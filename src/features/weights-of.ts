import { RecetaError } from '../contract/errors.js';
import type { ColumnTable } from './column-table.js';
import type { FeatureProgram, WeightScaling } from './feature-program.js';

/**
 * How much each row counts in training, 1 on average over the train part; null when the plan names no weight column.
 *
 * @throws RecetaError dataset-invalid when a weight is missing or negative, or the column is absent
 */
export function weightsOf(program: FeatureProgram, table: ColumnTable): Float32Array | null {
  const { weight } = program;
  if (weight === null) return null;
  return Float32Array.from(readWeights(table, weight.name), (value) => value / weight.mean);
}

/** @throws RecetaError dataset-invalid when a weight is missing or negative, or all are 0 */
export function fitWeight(table: ColumnTable, name: string): WeightScaling {
  const weights = readWeights(table, name);
  const largest = weights.reduce((most, value) => Math.max(most, value), 0);
  if (largest === 0) throw invalid(name, 'all weights of the train part are 0');
  // Divided first, so that no sum overflows.
  const sum = weights.reduce((total, value) => total + value / largest, 0);
  return { name, mean: (sum / weights.length) * largest };
}

function readWeights(table: ColumnTable, name: string): Float64Array {
  const column = table.columns.get(name);
  if (column === undefined) throw invalid(name, 'the table has no such column');
  if (column.kind !== 'number') throw invalid(name, `it holds ${column.kind} values`);
  const bad = column.values.findIndex((value) => !Number.isFinite(value) || value < 0);
  if (bad >= 0) {
    const value = column.values[bad] as number;
    const found = Number.isFinite(value) ? `the weight ${value}` : 'no weight';
    throw invalid(name, `row ${bad + 1} has ${found}, but a weight is a number of 0 or more`);
  }
  return column.values;
}

function invalid(name: string, finding: string): RecetaError {
  return new RecetaError('dataset-invalid', `cannot weigh rows by ${name}: ${finding}`, {
    problems: [{ path: name, message: finding }],
  });
}
