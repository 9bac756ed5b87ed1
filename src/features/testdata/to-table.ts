import type { Column, ColumnTable, RawRow } from '../column-table.js';
import { parseDatetime } from '../datetime/parse-datetime.js';

type Value = RawRow[string];

/** Builds a table from columns of JSON values; texts of columns named `…At` are times. */
export function toTable(columns: Readonly<Record<string, readonly Value[]>>): ColumnTable {
  const entries = Object.entries(columns);
  const rowCount = entries[0]?.[1].length ?? 0;
  return {
    rowCount,
    columns: new Map(entries.map(([name, values]) => [name, toColumn(name, values)])),
  };
}

/** The rows of such a table, as they would come in prediction requests. */
export function toRows(columns: Readonly<Record<string, readonly Value[]>>): RawRow[] {
  const entries = Object.entries(columns);
  const first = entries[0]?.[1] ?? [];
  return first.map((_, row) =>
    Object.fromEntries(entries.map(([name, values]) => [name, values[row] ?? null])),
  );
}

export function toColumn(name: string, values: readonly Value[]): Column {
  const sample = values.find((value) => value !== null);
  if (typeof sample === 'string' && name.endsWith('At')) {
    const toSeconds = (value: Value) => parseDatetime(String(value)) ?? Number.NaN;
    return { kind: 'datetime', values: Float64Array.from(values, toSeconds) };
  }
  if (typeof sample === 'string') {
    const levels = [...new Set(values.filter((value) => value !== null).map(String))];
    const codes = Int32Array.from(values, (value) => levels.indexOf(String(value)));
    return { kind: 'text', codes, levels };
  }
  const toNumber = (value: Value) => (value === null ? Number.NaN : Number(value));
  const kind = typeof sample === 'boolean' ? 'boolean' : 'number';
  return { kind, values: Float64Array.from(values, toNumber) };
}
