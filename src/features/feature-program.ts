import type { ColumnKind } from './column-table.js';

/**
 * How raw columns become the numbers a model sees, and how its answers become labels or units again.
 * Fitted on the train part only, plain JSON with finite numbers, stored with the model.
 */
export interface FeatureProgram {
  readonly format: typeof featureProgramFormat;
  readonly target: TargetEncoding;
  /** In the order of their outputs; the sum of their widths is `width`. */
  readonly columns: readonly ColumnEncoding[];
  /** Columns of the train part that carry no feature: ignored by the plan, constant, or all different. */
  readonly unused: readonly UnusedColumn[];
  /** Numbers a row. */
  readonly width: number;
  /** One readable name a number, e.g. `island=Dream`. */
  readonly outputNames: readonly string[];
}

export const featureProgramFormat = 'receta-features/1';

export type ColumnEncoding = NumberEncoding | BooleanEncoding | DatetimeEncoding | TextEncoding;

/** `value` is null where only the presence of a value says anything. */
export interface NumberEncoding {
  readonly kind: 'number';
  readonly name: string;
  readonly value: NumberScaling | null;
  /** Whether one more output is 1 for a missing value and 0 otherwise. */
  readonly missing: boolean;
}

/** (transform(x) - mean) / scale, clipped; x is raised to `floor` before a logarithm is taken. */
export interface NumberScaling {
  readonly transform: NumberTransform;
  /** Smallest value of the train part, in raw units. */
  readonly floor: number;
  /** Median of the train part in raw units; stands for a missing value. */
  readonly fill: number;
  readonly mean: number;
  readonly scale: number;
}

export type NumberTransform = 'none' | 'log' | 'log1p';

/** One output: 1 for true, -1 for false, 0 for missing. */
export interface BooleanEncoding {
  readonly kind: 'boolean';
  readonly name: string;
  /** False where the train part knows one value only. */
  readonly value: boolean;
  readonly missing: boolean;
}

/** Seconds since 1970 as a scaled number, then sine and cosine of each cycle; all in UTC. */
export interface DatetimeEncoding {
  readonly kind: 'datetime';
  readonly name: string;
  readonly value: NumberScaling | null;
  readonly cycles: readonly DatetimeCycle[];
  readonly missing: boolean;
}

/** Hour of the day, day of the week, month of the year. */
export type DatetimeCycle = 'hour' | 'weekday' | 'month';

/** One output a level, 1 for the row's own; a level that is not listed goes to `other`, or is all zeros. */
export interface TextEncoding {
  readonly kind: 'text';
  readonly name: string;
  /** Sorted by code units, distinct. */
  readonly levels: readonly string[];
  /** Whether one more output stands for rare and unknown levels; only when the train part had rare ones. */
  readonly other: boolean;
  /** Without it a missing value counts as an unknown level. */
  readonly missing: boolean;
}

export interface UnusedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

export type TargetEncoding = ClassificationTarget | RegressionTarget;

export interface ClassificationTarget {
  readonly task: 'classification';
  readonly name: string;
  /** JSON type in which labels are answered. */
  readonly labelKind: 'text' | 'number' | 'boolean';
  /** Labels as strings; numbers ascending, false before true, text by code units. */
  readonly classes: readonly string[];
  /** Share of each class in the train part. */
  readonly priors: readonly number[];
}

/** The model sees (transform(y) - mean) / scale, not clipped. */
export interface RegressionTarget {
  readonly task: 'regression';
  readonly name: string;
  readonly transform: NumberTransform;
  readonly mean: number;
  readonly scale: number;
  /** Range of the train part in original units; predictions are clamped to it. */
  readonly min: number;
  readonly max: number;
  /** Of the train part in original units; what a dummy predicts. */
  readonly trainMean: number;
  readonly trainMedian: number;
}
