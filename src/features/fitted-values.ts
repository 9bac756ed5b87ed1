import type { ColumnEncoding } from './feature-program.js';

/** What fitting one column gives. */
export interface FittedValues {
  readonly encoding: ColumnEncoding;
  /** Why the values say nothing: then at most their presence does. */
  readonly useless: string | null;
  /** What is lost of values that do say something, each the end of a sentence that begins with the column. */
  readonly notes?: readonly string[];
  /** Outputs of the train part that replace those of the encoding. */
  readonly outOfFold?: OutOfFold;
}

/** First outputs of a column, row by row, computed for each row from the rows of the other folds. */
export interface OutOfFold {
  /** Outputs a row. */
  readonly width: number;
  readonly values: Float32Array;
}

export const noValues = 'it has no values';
export const oneValue = 'it has one value only';
