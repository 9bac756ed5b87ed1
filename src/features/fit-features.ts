import { RecetaError } from '../contract/errors.js';
import type { DerivedColumn, FeaturePlan } from '../contract/feature-plan.js';
import type { Task } from '../contract/pipeline-plan.js';
import { applyFeatures } from './apply-features.js';
import { outputsOf } from './column-outputs.js';
import type { ColumnTable } from './column-table.js';
import { compileProgram } from './compile-program.js';
import { selectDerived } from './derived-columns.js';
import {
  type ColumnEncoding,
  type FeatureProgram,
  featureProgramFormat,
  type UnusedColumn,
} from './feature-program.js';
import { type FeatureColumn, fitColumn } from './fit-column.js';
import { fitTarget } from './fit-target.js';
import type { OutOfFold } from './fitted-values.js';
import { resolveColumns } from './plan/resolve-columns.js';
import { type TrainFolds, toTrainFolds } from './train-folds.js';
import { fitWeight } from './weights-of.js';

export interface FitFeaturesOptions {
  readonly target: string;
  /** null: decided from the target column. */
  readonly task: Task | null;
  readonly plan: FeaturePlan;
  /** Columns of the table that were computed from others; their definitions go into the program. */
  readonly derived: readonly DerivedColumn[];
  /** Deals the rows out to the folds of target encoding. */
  readonly seed: number;
}

export interface FittedFeatures {
  readonly program: FeatureProgram;
  /** One sentence for each column, or part of its information, that is not used. */
  readonly warnings: readonly string[];
  /**
   * The features to train on: rowCount x program.width, row by row. What applyFeatures gives for the same rows, but
   * that target encodings are out of fold: a row's own target has no part in them.
   */
  readonly trainMatrix: Float32Array;
}

/**
 * Learns from the train part how columns become numbers; see FeatureProgram for what that is. The same table, options
 * and seed always give the same program. Validation, test and serving use `applyFeatures(program, table)` or
 * `applyRow(program, row)`; training uses `trainMatrix`.
 *
 * Allocates the train matrix (4 bytes a number) and, while one column is fitted, some 30 bytes a row.
 *
 * @throws RecetaError target-invalid; pipeline-invalid when the plan does not fit the table, with every path;
 *   dataset-invalid when weights are bad, or no column is left to learn from; memory-limit-exceeded
 */
export function fitFeatures(table: ColumnTable, options: FitFeaturesOptions): FittedFeatures {
  const { target: targetName, plan, seed } = options;
  const targetColumn = table.columns.get(targetName);
  if (targetColumn === undefined) throw absentTarget(table, targetName);
  const { features, weight, ...resolved } = resolveColumns(table, targetName, plan);
  const target = fitTarget(targetName, targetColumn, {
    task: options.task,
    transform: plan.target.transform,
  });
  const folds = toTrainFolds(target, targetColumn, seed);
  const fitted = fitColumns(features, folds);
  const warnings = [...resolved.warnings, ...fitted.warnings];
  const { columns } = fitted;
  if (columns.length === 0) throw nothingToLearn(targetName, warnings);
  const outputs = columns.flatMap(outputsOf);
  const program = roundTrip({
    format: featureProgramFormat,
    target,
    columns,
    unused: inTableOrder(table, [...resolved.unused, ...fitted.unused]),
    derived: selectDerived(table, { columns, target: targetName, derived: options.derived }),
    weight: weight === null ? null : fitWeight(table, weight),
    width: outputs.length,
    outputs,
  });
  return { program, warnings, trainMatrix: applyToTrain(program, table, fitted.outOfFold) };
}

/** A negative zero does not survive JSON, and what is applied here must be what is read back. */
function roundTrip(program: FeatureProgram): FeatureProgram {
  return JSON.parse(JSON.stringify(program));
}

/** In the order of the features. */
interface FittedColumns {
  readonly columns: ColumnEncoding[];
  readonly unused: UnusedColumn[];
  readonly warnings: string[];
  /** By the name of the column. */
  readonly outOfFold: Map<string, OutOfFold>;
}

function fitColumns(features: readonly FeatureColumn[], folds: TrainFolds): FittedColumns {
  const fitted: FittedColumns = { columns: [], unused: [], warnings: [], outOfFold: new Map() };
  for (const feature of features) {
    const { encoding, warnings, outOfFold } = fitColumn(feature, folds);
    fitted.warnings.push(...warnings);
    if (encoding === null) fitted.unused.push({ name: feature.name, kind: feature.column.kind });
    else fitted.columns.push(encoding);
    if (outOfFold !== null) fitted.outOfFold.set(feature.name, outOfFold);
  }
  return fitted;
}

function inTableOrder(table: ColumnTable, unused: readonly UnusedColumn[]): UnusedColumn[] {
  const byName = new Map(unused.map((column) => [column.name, column]));
  return [...table.columns.keys()].flatMap((name) => byName.get(name) ?? []);
}

/** Applies the program, then puts the out-of-fold outputs in place of the first outputs of their columns. */
function applyToTrain(
  program: FeatureProgram,
  table: ColumnTable,
  outOfFold: ReadonlyMap<string, OutOfFold>,
): Float32Array {
  const matrix = applyFeatures(program, table);
  for (const { encoding, offset } of compileProgram(program).columns) {
    const replacement = outOfFold.get(encoding.name);
    if (replacement === undefined) continue;
    const { width, values } = replacement;
    for (let row = 0; row < table.rowCount; row += 1) {
      for (let output = 0; output < width; output += 1) {
        const position = row * program.width + offset + output;
        matrix[position] = values[row * width + output] as number;
      }
    }
  }
  return matrix;
}

function absentTarget(table: ColumnTable, target: string): RecetaError {
  const names = [...table.columns.keys()].join(', ');
  const message = `there is no column ${target} to predict; columns are ${names}`;
  return new RecetaError('target-invalid', message);
}

function nothingToLearn(target: string, warnings: readonly string[]): RecetaError {
  const message = `there is nothing to learn ${target} from: no column is left that says anything`;
  return new RecetaError('dataset-invalid', message, {
    problems: warnings.map((warning) => ({ message: warning })),
  });
}
