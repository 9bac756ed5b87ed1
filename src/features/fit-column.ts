import type { FeatureOptionsByKind } from '../contract/feature-plan.js';
import { fitBoolean } from './boolean/fit-boolean.js';
import { fitCategory } from './category/fit-category.js';
import type { Column, NumericColumn, TextColumn } from './column-table.js';
import { fitDatetime } from './datetime/fit-datetime.js';
import type { ColumnEncoding } from './feature-program.js';
import { type FittedValues, noValues, type OutOfFold } from './fitted-values.js';
import { fitNumber } from './number/fit-number.js';
import { fitText } from './text/fit-text.js';
import type { TrainFolds } from './train-folds.js';

/** A column with what the plan says of it; values and options fit the kind. */
export type FeatureColumn =
  | Understood<'number', NumericColumn>
  | Understood<'boolean', NumericColumn>
  | Understood<'datetime', NumericColumn>
  | Understood<'category', Column>
  | Understood<'text', TextColumn>;

interface Understood<Kind extends keyof FeatureOptionsByKind, Values extends Column> {
  readonly name: string;
  readonly kind: Kind;
  readonly column: Values;
  readonly options: FeatureOptionsByKind[Kind];
}

export interface FittedColumn {
  readonly encoding: ColumnEncoding | null;
  readonly warnings: readonly string[];
  readonly outOfFold: OutOfFold | null;
}

/**
 * Decides from the train part how one column becomes numbers.
 *
 * @returns a null encoding when the column says nothing; every loss of information is warned of
 */
export function fitColumn(feature: FeatureColumn, folds: TrainFolds): FittedColumn {
  const { encoding, useless, notes = [], outOfFold = null } = fitValues(feature, folds);
  const { name } = feature;
  if (useless === null) {
    return { encoding, warnings: notes.map((note) => `${name} ${note}`), outOfFold };
  }
  const hasValues = useless !== noValues;
  return encoding.missing && hasValues
    ? { encoding, warnings: [`${name} is used for its presence only: ${useless}`], outOfFold: null }
    : { encoding: null, warnings: [`${name} is left out: ${useless}`], outOfFold: null };
}

function fitValues(feature: FeatureColumn, folds: TrainFolds): FittedValues {
  const { name, kind } = feature;
  switch (kind) {
    case 'number':
      return fitNumber(name, feature.column, feature.options);
    case 'boolean':
      return fitBoolean(name, feature.column, feature.options);
    case 'datetime':
      return fitDatetime(name, feature.column, feature.options);
    case 'category':
      return fitCategory(name, feature.column, feature.options, folds);
    case 'text':
      return fitText(name, feature.column, feature.options);
  }
}
