import type { Column, NumericColumn } from './column-table.js';
import { cyclePosition, datetimeCycles } from './datetime-cycle.js';
import type { ColumnEncoding, DatetimeCycle } from './feature-program.js';
import { fitTextColumn } from './fit-text-column.js';
import { type FittedValues, noValues, oneValue } from './fitted-values.js';
import { fitNumberScaling } from './number-scaling.js';

/**
 * Decides from the train part how one column becomes numbers.
 *
 * @returns a null encoding when the column says nothing; every loss of information is warned of
 */
export function fitColumn(
  name: string,
  column: Column,
): { readonly encoding: ColumnEncoding | null; readonly warnings: readonly string[] } {
  const { encoding, useless, note } =
    column.kind === 'text' ? fitTextColumn(name, column) : fitNumericColumn(name, column);
  if (useless === null) return { encoding, warnings: note === null ? [] : [`${name} ${note}`] };
  const hasValues = useless !== noValues;
  return encoding.missing && hasValues
    ? { encoding, warnings: [`${name} is used for its presence only: ${useless}`] }
    : { encoding: null, warnings: [`${name} is left out: ${useless}`] };
}

function fitNumericColumn(name: string, column: NumericColumn): FittedValues {
  const { kind } = column;
  const known = column.values.filter((value) => Number.isFinite(value));
  const missing = known.length < column.values.length;
  const useless = known.length === 0 ? noValues : oneValue;
  if (kind === 'boolean') {
    const value = known.some((other) => other !== known[0]);
    return {
      encoding: { kind, name, value, missing },
      useless: value ? null : useless,
      note: null,
    };
  }
  const value = fitNumberScaling(known, { allowLog: kind === 'number' });
  const cycles = kind === 'datetime' && value ? varyingCycles(known) : [];
  const encoding: ColumnEncoding =
    kind === 'number' ? { kind, name, value, missing } : { kind, name, value, cycles, missing };
  return { encoding, useless: value ? null : useless, note: null };
}

function varyingCycles(known: Float64Array): DatetimeCycle[] {
  return datetimeCycles.filter((cycle) => {
    const positions = known.map((seconds) => cyclePosition(cycle, seconds));
    return positions.some((position) => !Object.is(position, positions[0]));
  });
}
