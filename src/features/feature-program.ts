import type { DatetimePart, DerivedColumn } from '../contract/feature-plan.js';
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
  /** Columns of the train part that carry no feature: by their role, constant, or all different. */
  readonly unused: readonly UnusedColumn[];
  /** Columns that are computed before the program is applied, each after those it reads. */
  readonly derived: readonly DerivedColumn[];
  /** The column that says how much a row counts in training. */
  readonly weight: WeightScaling | null;
  /** Numbers a row. */
  readonly width: number;
  /** What each number is, so that a model family can treat its kind in its own way. */
  readonly outputs: readonly FeatureOutput[];
}

export const featureProgramFormat = 'receta-features/2';

/**
 * `number`: a quantity, NaN where it is missing and nothing stands for it; `binary`: one of 0, 1 and -1; `index`: a whole number from 0 up to below `cardinality`, the row
 * of an embedding table, 0 for missing and unknown levels. Names read e.g. `island=Dream`.
 */
export type FeatureOutput =
  | { readonly name: string; readonly kind: 'number' | 'binary' }
  | { readonly name: string; readonly kind: 'index'; readonly cardinality: number };

export type ColumnEncoding =
  | NumberEncoding
  | BooleanEncoding
  | DatetimeEncoding
  | CategoryEncoding
  | TextEncoding;

interface OfColumn {
  readonly name: string;
  /** Kind of the raw values, which `kind` may understand otherwise. */
  readonly column: ColumnKind;
  /** Whether one more output, the last, is 1 for a missing value and 0 otherwise. */
  readonly missing: boolean;
}

/** `value` is null where only the presence of a value says anything. */
export interface NumberEncoding extends OfColumn {
  readonly kind: 'number';
  readonly value: NumberScaling | null;
}

/** A missing value is filled, a known one clipped; then both are scaled. */
export interface NumberScaling {
  /** In raw units; stands for a missing value. `null`: nothing does, its output is NaN. */
  readonly fill: number | null;
  /** Range of values in raw units outside of which they are outliers. */
  readonly clip: { readonly low: number; readonly high: number } | null;
  readonly scale: NumberScale;
}

export type NumberScale =
  | StandardScale
  | AffineScale
  | RobustScale
  | QuantileScale
  | { readonly method: 'none' };

/** (transform(x) - mean) / deviation, in [-10, 10]; x is raised to `floor` before a logarithm is taken. */
export interface StandardScale {
  readonly method: 'standard';
  readonly transform: NumberTransform;
  /** Smallest value of the train part, in raw units. */
  readonly floor: number;
  readonly mean: number;
  readonly deviation: number;
}

/** (x - mean) / deviation. */
export interface AffineScale {
  readonly method: 'affine';
  readonly mean: number;
  readonly deviation: number;
}

/** u = (x - center) / range, then u / sqrt(1 + (u / 3)^2), which lies between -3 and 3. */
export interface RobustScale {
  readonly method: 'robust';
  readonly center: number;
  readonly range: number;
}

export interface QuantileScale {
  readonly method: 'quantile';
  readonly knots: QuantileKnots;
}

/** A piecewise linear map from values to quantiles of the normal distribution; both ascend strictly. */
export interface QuantileKnots {
  readonly values: readonly number[];
  readonly normals: readonly number[];
}

export type NumberTransform = 'none' | 'log' | 'log1p';

/** One output: 1 for true, -1 for false; 0 for missing where nothing is to stand for it. */
export interface BooleanEncoding extends OfColumn {
  readonly kind: 'boolean';
  /** False where the train part knows one value only. */
  readonly value: boolean;
  readonly fill: boolean | null;
}

/** Seconds since 1970 as a scaled number, then the parts; all in UTC. */
export interface DatetimeEncoding extends OfColumn {
  readonly kind: 'datetime';
  readonly elapsed: NumberScaling | null;
  readonly parts: readonly DatetimePartEncoding[];
}

/** Sine and cosine of the position in the cycle, or (part - mean) / deviation; 0 for missing. */
export type DatetimePartEncoding =
  | { readonly part: DatetimePart; readonly cyclic: true }
  | {
      readonly part: DatetimePart;
      readonly cyclic: false;
      readonly mean: number;
      readonly deviation: number;
    };

/** Values of other kinds are looked up by their label text. */
export interface CategoryEncoding extends OfColumn {
  readonly kind: 'category';
  /** Sorted by code units, distinct. */
  readonly levels: readonly string[];
  /** Level that stands for a missing value; null: missing is a level of its own. */
  readonly fill: string | null;
  readonly values: CategoryValues;
}

export type CategoryValues =
  | OneHotValues
  | LevelValues
  /** One output: -1 for the first level, 1 for the second, 0 for anything else. There are two levels. */
  | { readonly encode: 'sign' }
  /** 1 + position in the levels; 0 for a level that is not listed, or missing. */
  | { readonly encode: 'index' };

/** One output a level, 1 for the row's own; a level that is not listed goes to `other`, or is all zeros. */
export interface OneHotValues {
  readonly encode: 'one-hot';
  /** Whether one more output stands for rare and unknown levels; only when the train part had rare ones. */
  readonly other: boolean;
}

/** Each output has a number for each level. */
export interface LevelValues {
  /** `target`: shrunken mean of the scaled target; `frequency`: share of the train part. */
  readonly encode: 'target' | 'frequency';
  readonly outputs: readonly LevelNumbers[];
}

export interface LevelNumbers {
  /** Class of the target whose share it is about; null for a regression and for frequencies. */
  readonly of: string | null;
  readonly levels: readonly number[];
  /** Of rare and unknown levels. */
  readonly other: number;
  readonly missing: number;
}

/** Signed counts of hashed n-grams, scaled to length 1; all zeros for missing and for texts without units. */
export interface TextEncoding extends OfColumn {
  readonly kind: 'text';
  /** Numbers into which n-grams are hashed; 0 where only the presence of a text says anything. */
  readonly buckets: number;
  /** Longest n-gram, in units. */
  readonly ngrams: number;
  readonly unit: 'word' | 'character';
}

export interface UnusedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** Weights are divided by their mean over the train part. */
export interface WeightScaling {
  readonly name: string;
  readonly mean: number;
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
  readonly transform: TargetTransform;
  /** The map of transform `quantile`; null for the others. */
  readonly knots: QuantileKnots | null;
  readonly mean: number;
  readonly scale: number;
  /** Range of the train part in original units; predictions are clamped to it. */
  readonly min: number;
  readonly max: number;
  /** Of the train part in original units; what a dummy predicts. */
  readonly trainMean: number;
  readonly trainMedian: number;
}

export type TargetTransform = NumberTransform | 'sqrt' | 'quantile';
