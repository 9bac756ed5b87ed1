import type { BooleanOptions } from '../../contract/feature-plan.js';
import type { NumericColumn } from '../column-table.js';
import { type FittedValues, noValues, oneValue } from '../fitted-values.js';
import { knownNumbers } from '../known-numbers.js';

/** Decides how a column of yes and no is encoded; of numbers, 0 is no and everything else yes. */
export function fitBoolean(
  name: string,
  column: NumericColumn,
  options: BooleanOptions,
): FittedValues {
  const known = knownNumbers(column.values);
  const yes = known.reduce((count, value) => (value === 0 ? count : count + 1), 0);
  const varies = yes > 0 && yes < known.length;
  const missing = options.indicator ?? known.length < column.values.length;
  const fill = options.impute === 'most-frequent' ? yes > known.length / 2 : options.impute;
  return {
    encoding: {
      kind: 'boolean',
      name,
      column: column.kind,
      value: varies,
      fill: fill ?? null,
      missing,
    },
    useless: varies ? null : describeUseless(known),
  };
}

function describeUseless(known: Float64Array): string {
  if (known.length === 0) return noValues;
  const isConstant = known.every((value) => value === known[0]);
  return isConstant ? oneValue : 'none of its numbers is 0, so as booleans all are true';
}
