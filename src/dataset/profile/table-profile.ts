import type { ColumnKind } from '../../features/column-table.js';

/** A column as SQL and the feature program see it. */
export interface ColumnInfo {
  readonly name: string;
  readonly sqlType: string;
  readonly kind: ColumnKind;
}

export interface ValueCount {
  /** The value as text, at most 200 characters of it. */
  readonly value: string;
  readonly count: number;
}

/** A value at a place: `row` counts data rows from 1, so a CSV without quoted line ends has it in line `row` + 1. */
export interface ValueExample {
  readonly row: number;
  readonly value: string;
}

/** The shares at which `ColumnProfile.quantiles` are taken. */
export const quantileShares = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1] as const;

/** Bins of equal width; times in seconds since 1970-01-01T00:00:00Z. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  /** The last bin holds `to` as well. */
  readonly counts: readonly number[];
  /** Values below `from` and above `to`, where the bins leave out far outliers. */
  readonly under: number;
  readonly over: number;
}

/** NaN and infinities count as missing. */
export interface ColumnProfile extends ColumnInfo {
  readonly nulls: number;
  /** Different values, missing ones not counted; exact. */
  readonly distinct: number;
  /** A number, an ISO time for `datetime`, `null` for text and boolean columns and where nothing is known. */
  readonly min: number | string | null;
  readonly max: number | string | null;
  /** Of numbers only. */
  readonly mean: number | null;
  /** Sample standard deviation; of numbers only. */
  readonly std: number | null;
  /** Of numbers only, at `quantileShares`; estimated in tables of more than a million rows. */
  readonly quantiles: readonly number[] | null;
  /** Of numbers and times. */
  readonly histogram: Histogram | null;
  /** Characters of texts. */
  readonly lengths: { readonly min: number; readonly mean: number; readonly max: number } | null;
  /** Numbers only: every known value is an integer. */
  readonly wholeNumbers: boolean;
  /** One value, or none, in all rows. */
  readonly constant: boolean;
  /** At most ten, the most frequent first; none where every value is another. */
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
  /** True where the pipeline file forbids to show values: everything above that would is empty. */
  readonly sensitive: boolean;
}

/** What a table holds, column by column: for people, and the baseline of what comes later. */
export interface TableProfile {
  readonly format: 'receta-profile/1';
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** Rows that are equal to an earlier row. */
  readonly duplicateRows: number;
  /** What reading the files has changed or assumed, in sentences. */
  readonly notes: readonly string[];
}
