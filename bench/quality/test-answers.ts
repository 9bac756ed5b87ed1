import { takeRows } from '../../src/dataset/split/take-rows.js';
import { applyFeatures } from '../../src/features/apply-features.js';
import type { ColumnTable } from '../../src/features/column-table.js';
import { decodeRegression } from '../../src/features/decode-regression.js';
import type { FeatureProgram, TargetEncoding } from '../../src/features/feature-program.js';
import { labelAt } from '../../src/features/labels.js';
import { type LoadedTable, targetColumn } from './load-quality-table.js';
import type { TrainedModel } from './train-model.js';

/** The rows of a split's test part. */
export function testRows({ rows, tests }: LoadedTable, split: number): ColumnTable {
  return takeRows(rows, Uint32Array.from(tests[split] ?? []));
}

/** What the serving predictor answers for rows: values in units of the target, or rows x classes probabilities. */
export function answerRows(
  { program, predictor }: Pick<TrainedModel, 'program' | 'predictor'>,
  rows: ColumnTable,
): Float64Array {
  const answers = predictor.answer(applyFeatures(program, rows));
  return toUnits(program, answers);
}

/** Scaled answers as values of the target; probabilities stay. */
export function toUnits(program: FeatureProgram, answers: Float32Array): Float64Array {
  if (program.target.task === 'classification') return Float64Array.from(answers);
  return Float64Array.from(answers, (answer) => decodeRegression(program, answer));
}

/** One number a row, as metrics want it: the value, the probability of the second class, or the likeliest class. */
export function toMeasured(target: TargetEncoding, answers: Float64Array): Float64Array {
  if (target.task === 'regression') return answers;
  const count = target.classes.length;
  return Float64Array.from({ length: answers.length / count }, (_, row) => {
    const ofRow = answers.subarray(row * count, (row + 1) * count);
    return count === 2 ? (ofRow[1] as number) : ofRow.indexOf(Math.max(...ofRow));
  });
}

/** The value, or the number of the class in the order of sorted labels, of each row. */
export function toTruth(rows: ColumnTable, classes: readonly string[] | null): Float64Array {
  const column = rows.columns.get(targetColumn);
  if (column === undefined) throw new Error('the table has no target');
  return Float64Array.from({ length: rows.rowCount }, (_, row) => {
    if (classes === null)
      return column.kind === 'text' ? Number.NaN : (column.values[row] as number);
    return classes.indexOf(labelAt(column, row) ?? '');
  });
}
