import type { DatetimeOptions, DatetimePart } from '../../contract/feature-plan.js';
import type { NumericColumn } from '../column-table.js';
import type { DatetimePartEncoding } from '../feature-program.js';
import { type FittedValues, noValues, oneValue } from '../fitted-values.js';
import { knownNumbers } from '../known-numbers.js';
import { fitNumberScaling } from '../number/fit-number-scaling.js';
import { summarizeNumbers } from '../number/number-summary.js';
import { datetimePartOf, datetimeParts, isCyclic } from './datetime-part.js';

/** The parts that are features when the plan does not say which. */
const usualParts: readonly DatetimePart[] = ['hour', 'weekday', 'month'];

/** Decides which parts of a time are features: of those asked for, the ones in which the train part varies. */
export function fitDatetime(
  name: string,
  column: NumericColumn,
  options: DatetimeOptions,
): FittedValues {
  const known = knownNumbers(column.values);
  const missing = options.indicator ?? known.length < column.values.length;
  const wanted = datetimeParts.filter((part) => (options.parts ?? usualParts).includes(part));
  const parts = wanted.flatMap((part) => fitPart(part, known, options.cyclic ?? true));
  const scaling = fitNumberScaling(known, { scale: 'standard' });
  const elapsed = (options.elapsed ?? true) ? scaling : null;
  const encoding = {
    kind: 'datetime',
    name,
    column: column.kind,
    elapsed,
    parts,
    missing,
  } as const;
  if (elapsed === null && parts.length === 0) {
    return { encoding, useless: describeUseless(known, scaling !== null) };
  }
  const constant = wanted.filter((part) => !parts.some((fitted) => fitted.part === part));
  const lost = options.parts === undefined ? [] : constant;
  return {
    encoding,
    useless: null,
    notes: lost.map((part) => `is used without its ${part}, which is the same in all rows`),
  };
}

function describeUseless(known: Float64Array, differ: boolean): string {
  if (known.length === 0) return noValues;
  return differ ? 'its parts are the same in all rows' : oneValue;
}

/** Empty where the part does not vary. */
function fitPart(part: DatetimePart, known: Float64Array, cyclic: boolean): DatetimePartEncoding[] {
  if (cyclic && isCyclic(part)) return varies(part, known) ? [{ part, cyclic: true }] : [];
  const values = knownNumbers(known.map((seconds) => datetimePartOf(part, seconds)));
  if (values.length === 0) return [];
  const { mean, deviation } = summarizeNumbers(values);
  return deviation > 0 ? [{ part, cyclic: false, mean, deviation }] : [];
}

/** A time out of the calendar's range differs from no other. */
function varies(part: DatetimePart, known: Float64Array): boolean {
  let first = Number.NaN;
  for (const seconds of known) {
    const value = datetimePartOf(part, seconds);
    if (Number.isNaN(first)) first = value;
    else if (!Number.isNaN(value) && value !== first) return true;
  }
  return false;
}
