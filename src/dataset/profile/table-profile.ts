import type { ColumnKind } from '../features/column-table.js';

/** A column as SQL and the feature program see it. */
export interface ColumnInfo {
  readonly name: string;
  readonly sqlType: string;
  readonly kind: ColumnKind;
}

export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

/** A value at a place: `row` counts data rows from 1, so a CSV without quoted line ends has it in line `row` + 1. */
export interface ValueExample {
  readonly row: number;
  readonly value: string;
}

export interface ColumnProfile extends ColumnInfo {
  readonly nulls: number;
  /** Different values, missing ones not counted. */
  readonly distinct: number;
  /** A number, an ISO time for `datetime`, `null` for text and boolean columns and where nothing is known. */
  readonly min: number | string | null;
  readonly max: number | string | null;
  /** Of numbers only. */
  readonly mean: number | null;
  /** Sample standard deviation; of numbers only. */
  readonly std: number | null;
  /** Numbers only: every known value is an integer. */
  readonly wholeNumbers: boolean;
  /** One value, or none, in all rows. */
  readonly constant: boolean;
  /** At most ten, the most frequent first. */
  readonly topValues: readonly ValueCount[];
  /** Integers that a double cannot hold exactly. */
  readonly unsafeIntegers: { readonly count: number; readonly example: ValueExample } | null;
  /** Text only: values that read as numbers or dates although the column as a whole does not. */
  readonly almost: {
    readonly kind: 'number' | 'datetime';
    readonly count: number;
    /** The first value that does not. */
    readonly exception: ValueExample;
  } | null;
}

/** What one pass over a table has found. */
export interface TableProfile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** Rows that are equal to an earlier row. */
  readonly duplicateRows: number;
  /** What reading the file has changed or assumed, in sentences. */
  readonly notes: readonly string[];
}
