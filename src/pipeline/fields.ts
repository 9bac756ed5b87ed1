import { z } from 'zod';
import { namePattern } from '../contract/ids.js';

/** Schemas of single fields. The message of each says what is wanted and follows the word "wanted". */

export function wholeNumber(minimum: number, maximum: number) {
  const wanted = `a whole number from ${minimum} to ${maximum}`;
  return z.int({ error: wanted }).min(minimum, wanted).max(maximum, wanted);
}

const wantedFraction = 'a number above 0 and below 1';
export const fraction = z
  .number({ error: wantedFraction })
  .gt(0, wantedFraction)
  .lt(1, wantedFraction);

const wantedBound = 'a finite number';
export const bound = z.number({ error: wantedBound });

const wantedName =
  'a name of at most 63 lower-case letters, digits and hyphens that starts with a letter';
export const name = z.string({ error: wantedName }).regex(namePattern, wantedName);

const wantedColumn = 'the name of a column';
export const columnName = z.string({ error: wantedColumn }).min(1, wantedColumn);

export const columnNames = z.array(columnName, { error: 'a list of column names' });

const wantedSha256 = '64 hexadecimal digits';
export const sha256 = z
  .string({ error: wantedSha256 })
  .regex(/^[0-9a-fA-F]{64}$/, wantedSha256)
  .transform((digits) => digits.toLowerCase());

export const seed = wholeNumber(0, 2 ** 31 - 1);
