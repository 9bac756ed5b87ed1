import type { ColumnEncoding } from './feature-program.js';

/** A column's encoding as far as its values say something. */
export interface FittedValues {
  readonly encoding: ColumnEncoding;
  /** Why the values say nothing: then at most their presence does. */
  readonly useless: string | null;
  /** What is lost of values that do say something. */
  readonly note: string | null;
}

export const noValues = 'it has no values';
export const oneValue = 'it has one value only';
