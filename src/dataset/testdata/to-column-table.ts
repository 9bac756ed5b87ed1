import type { Column, ColumnTable } from '../../features/column-table.js';

type Values = readonly (number | string | boolean | Date | null)[];

/** Makes a table of columns from plain values; the first known value of a column decides its kind. */
export function toColumnTable(columns: Readonly<Record<string, Values>>): ColumnTable {
  const named = Object.entries(columns).map(([name, values]) => [name, toColumn(values)] as const);
  return { rowCount: Object.values(columns)[0]?.length ?? 0, columns: new Map(named) };
}

function toColumn(values: Values): Column {
  const known = values.find((value) => value !== null);
  if (typeof known === 'string') {
    const levels = [...new Set(values.filter((value) => value !== null).map(String))];
    const codeOf = new Map(levels.map((level, code) => [level, code]));
    const codes = values.map((value) => (value === null ? -1 : (codeOf.get(String(value)) ?? -1)));
    return { kind: 'text', codes: Int32Array.from(codes), levels };
  }
  const kind =
    typeof known === 'boolean' ? 'boolean' : known instanceof Date ? 'datetime' : 'number';
  const toNumber = (value: Values[number]): number => {
    if (value === null) return Number.NaN;
    return value instanceof Date ? value.getTime() / 1000 : Number(value);
  };
  return { kind, values: Float64Array.from(values, toNumber) };
}
