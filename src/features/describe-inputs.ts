import type { ColumnKind } from './column-table.js';
import type { RowInputs } from './merge-inputs.js';

/** One column that a prediction request may hold; null always stands for a missing value. */
export interface InputDescription {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Columns that are not required are not looked at either. */
  readonly required: boolean;
}

/**
 * What a row of a prediction request holds: the columns that features or derived columns are made of, then those that
 * may be there. Derived columns are no inputs, they are computed.
 */
export function describeInputs(program: RowInputs): InputDescription[] {
  const computed = new Set(program.derived.map(({ name }) => name));
  const read = new Set(program.derived.flatMap(({ inputs }) => inputs.map(({ name }) => name)));
  const used = program.columns
    .filter(({ name }) => !computed.has(name))
    .map(({ name, column }) => ({ name, kind: column, required: true }));
  const others = program.unused
    .filter(({ name }) => !computed.has(name))
    .map(({ name, kind }) => ({ name, kind, required: read.has(name) }));
  return [...used, ...others.filter(isRequired), ...others.filter((input) => !isRequired(input))];
}

function isRequired({ required }: InputDescription): boolean {
  return required;
}
