import { z } from 'zod';
import { namePattern } from '../contract/ids.js';
import { toDurationMs } from './duration.js';
import { describeBadSqlName } from './sql-name.js';

/** Schemas of single fields. The message of each says what is wanted and follows the word "wanted". */

/** Error of sections that are not a map. */
export const wantedSection = 'a section of keys and values';

export function wholeNumber(minimum: number, maximum: number) {
  const wanted = `a whole number from ${minimum} to ${maximum}`;
  return z.int({ error: wanted }).min(minimum, wanted).max(maximum, wanted);
}

const wantedFraction = 'a number above 0 and below 1';
export const fraction = z
  .number({ error: wantedFraction })
  .gt(0, wantedFraction)
  .lt(1, wantedFraction);

const wantedShare = 'a share from 0 to 1';
export const share = z.number({ error: wantedShare }).min(0, wantedShare).max(1, wantedShare);

const wantedBound = 'a finite number';
export const bound = z.number({ error: wantedBound });

const wantedPositive = 'a number above 0';
export const positive = z.number({ error: wantedPositive }).gt(0, wantedPositive);

export const flag = z.boolean({ error: 'true or false' });

const wantedName =
  'a name of at most 63 lower-case letters, digits and hyphens that starts with a letter';
export const name = z.string({ error: wantedName }).regex(namePattern, wantedName);

const wantedColumn = 'the name of a column';
export const columnName = z.string({ error: wantedColumn }).min(1, wantedColumn);

export const columnNames = z.array(columnName, { error: 'a list of column names' });

/** Key of a section by column. */
export const columnKey = columnName.meta({ title: 'column' });

/** Name of a table for queries; `title` is what the documentation calls it. */
export function sqlName(title: string) {
  return z
    .string()
    .max(63)
    .superRefine((text, context) => {
      const problem = describeBadSqlName(text);
      if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    })
    .meta({ title });
}

const wantedSha256 = '64 hexadecimal digits';
export const sha256 = z
  .string({ error: wantedSha256 })
  .regex(/^[0-9a-fA-F]{64}$/, wantedSha256)
  .transform((digits) => digits.toLowerCase());

export const seed = wholeNumber(0, 2 ** 31 - 1);

/** `wanted` says what a text is for. */
export function filledText(wanted: string) {
  return z.string({ error: wanted }).regex(/\S/, wanted);
}

/** A text such as `90s` or `2d`; the value is in milliseconds. */
export const duration = z
  .string({ error: 'a duration such as 500ms, 90s, 15m, 12h or 2d' })
  .transform((text, context) => {
    const durationMs = toDurationMs(text);
    if (durationMs !== null) return durationMs;
    context.addIssue({
      code: 'custom',
      message: 'a duration such as 500ms, 90s, 15m, 12h or 2d',
      params: { wanted: true },
    });
    return z.NEVER;
  });

const wantedScalar = 'a number, a text, true or false';
const scalarOptions = [z.number(), z.string(), z.boolean()] as const;
export const scalar = z.union(scalarOptions, { error: wantedScalar });

/** One item or a list of at least one; the value is always a list. */
export function oneOrMore<Item extends z.ZodType>(item: Item, wanted: string) {
  return z
    .union([item, z.array(item, { error: wanted }).min(1, wanted)], { error: wanted })
    .transform((value) => (Array.isArray(value) ? value : [value]) as z.output<Item>[]);
}

export const onFail = (
  choices: readonly ['stop', 'warn'] | readonly ['stop', 'warn', 'quarantine'],
) =>
  z.enum(choices as readonly ['stop', 'warn', 'quarantine'], {
    error: choices.join(' or '),
  });
