import type { NumberOptions } from '../../contract/feature-plan.js';
import type { NumericColumn } from '../column-table.js';
import { type FittedValues, noValues, oneValue } from '../fitted-values.js';
import { knownNumbers } from '../known-numbers.js';
import { fitNumberScaling } from './fit-number-scaling.js';

/** Decides how a column of numbers is filled and scaled; booleans count as 0 and 1. */
export function fitNumber(
  name: string,
  column: NumericColumn,
  options: NumberOptions,
): FittedValues {
  const known = knownNumbers(column.values);
  const value = fitNumberScaling(known, options);
  // A missing value that stays missing needs no output to say so.
  const marked = (value === null || value.fill !== null) && known.length < column.values.length;
  const missing = options.indicator ?? marked;
  const encoding = { kind: 'number', name, column: column.kind, value, missing } as const;
  return { encoding, useless: value === null ? describeUseless(known, options) : null };
}

function describeUseless(known: Float64Array, { clip = 0 }: NumberOptions): string {
  if (known.length === 0) return noValues;
  const clipped = clip > 0 && known.some((value) => value !== known[0]);
  return clipped ? `after clipping ${oneValue}` : oneValue;
}
