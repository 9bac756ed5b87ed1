import type { ColumnKind } from './column-table.js';
import type { FeatureProgram } from './feature-program.js';

/** One column that a prediction request may hold; null always stands for a missing value. */
export interface InputDescription {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Columns that are not required are not looked at either. */
  readonly required: boolean;
}

/** What a row of a prediction request holds, for the API description and the pages of a model. */
export function describeInputs(program: FeatureProgram): InputDescription[] {
  const used = program.columns.map(({ name, kind }) => ({ name, kind, required: true }));
  const unused = program.unused.map(({ name, kind }) => ({ name, kind, required: false }));
  return [...used, ...unused];
}
