import { RecetaError } from '../contract/errors.js';
import type { Task } from '../contract/pipeline-plan.js';
import { outputNames } from './column-outputs.js';
import type { ColumnTable } from './column-table.js';
import {
  type ColumnEncoding,
  type FeatureProgram,
  featureProgramFormat,
  type UnusedColumn,
} from './feature-program.js';
import { fitColumn } from './fit-column.js';
import { fitTarget } from './fit-target.js';

export interface FitFeaturesOptions {
  readonly target: string;
  /** null: decided from the target column. */
  readonly task: Task | null;
  /** Columns that must not become features. */
  readonly ignore: readonly string[];
}

export interface FittedFeatures {
  readonly program: FeatureProgram;
  /** One sentence for each column, or part of its information, that is not used. */
  readonly warnings: readonly string[];
}

/**
 * Learns from the train part how columns become numbers; see FeatureProgram for what that is. The same
 * table always gives the same program.
 *
 * @throws RecetaError target-invalid; dataset-invalid when no column is left to learn from
 */
export function fitFeatures(table: ColumnTable, options: FitFeaturesOptions): FittedFeatures {
  const { target: targetName, task, ignore } = options;
  const targetColumn = table.columns.get(targetName);
  if (targetColumn === undefined) {
    const names = [...table.columns.keys()].join(', ');
    throw new RecetaError(
      'target-invalid',
      `there is no column ${targetName} to predict; columns are ${names}`,
    );
  }
  const target = fitTarget(targetName, targetColumn, task);
  const columns: ColumnEncoding[] = [];
  const unused: UnusedColumn[] = [];
  const warnings: string[] = [];
  for (const [name, column] of table.columns) {
    if (name === targetName) continue;
    const fitted = ignore.includes(name) ? null : fitColumn(name, column);
    if (fitted !== null) warnings.push(...fitted.warnings);
    if (fitted?.encoding) columns.push(fitted.encoding);
    else unused.push({ name, kind: column.kind });
  }
  if (columns.length === 0) {
    throw new RecetaError(
      'dataset-invalid',
      `there is nothing to learn ${targetName} from: no column is left that says anything`,
      { problems: warnings.map((message) => ({ message })) },
    );
  }
  const names = columns.flatMap(outputNames);
  const format = featureProgramFormat;
  return {
    program: { format, target, columns, unused, width: names.length, outputNames: names },
    warnings,
  };
}
