/** Missing is NaN. `datetime` is in seconds since 1970-01-01T00:00:00Z; `boolean` is 0 or 1. */
export interface NumericColumn {
  readonly kind: 'number' | 'boolean' | 'datetime';
  readonly values: Float64Array;
}

/** `levels[codes[row]]` is the value of a row; missing is code -1. Levels are distinct. */
export interface TextColumn {
  readonly kind: 'text';
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** One column of raw values, before any feature is built from it. */
export type Column = NumericColumn | TextColumn;

export type ColumnKind = Column['kind'];

/** Raw rows held column by column. */
export interface ColumnTable {
  readonly rowCount: number;
  readonly columns: ReadonlyMap<string, Column>;
}

/** One raw row, as it comes in a prediction request. */
export type RawRow = Readonly<Record<string, number | string | boolean | null>>;
