import { z } from 'zod';
import type { ColumnExpectation } from '../contract/pipeline-plan.js';
import {
  columnKey,
  columnName,
  duration,
  flag,
  onFail,
  scalar,
  share,
  wantedSection,
  wholeNumber,
} from './fields.js';
import { describeBadPattern } from './re2-pattern.js';

const tableOnFail = onFail(['stop', 'warn']);
const rowOnFail = onFail(['stop', 'warn', 'quarantine']);
const maxRows = 1e12;

const rowsSchema = z
  .strictObject(
    {
      min: wholeNumber(0, maxRows).exactOptional().describe('Least number of rows'),
      max: wholeNumber(0, maxRows).exactOptional().describe('Greatest number of rows'),
      onFail: tableOnFail
        .exactOptional()
        .describe('What a failed check does; unset: `validate.onFail`'),
    },
    { error: 'a section with min, max or both' },
  )
  .superRefine(({ min, max }, context) => {
    if (min === undefined && max === undefined) {
      context.addIssue({ code: 'custom', message: 'needs min, max or both' });
    } else if (min !== undefined && max !== undefined && min > max) {
      context.addIssue({ code: 'custom', message: `has min ${min} above max ${max}` });
    }
  });

const freshnessSchema = z.strictObject(
  {
    column: columnName.describe('Column with dates or times'),
    maxAge: duration
      .refine((durationMs) => durationMs > 0, {
        error: 'a duration above 0',
        params: { wanted: true },
      })
      .describe('Greatest age of the newest row, such as `36h` or `2d`'),
    onFail: tableOnFail
      .exactOptional()
      .describe('What a failed check does; unset: `validate.onFail`'),
  },
  { error: 'a section with column and maxAge' },
);

const wantedLimit = 'a number, or a date or time such as 2026-01-31 or 2026-01-31T12:00:00Z';
const dateTime =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const limit = z
  .union([z.number(), z.string()], { error: wantedLimit })
  .refine((value) => typeof value === 'number' || isDateTime(value), {
    error: wantedLimit,
    params: { wanted: true },
  });

const columnSchema = z
  .strictObject(
    {
      type: z
        .enum(['number', 'integer', 'boolean', 'datetime', 'text'], {
          error: 'number, integer, boolean, datetime or text',
        })
        .exactOptional()
        .describe('Type that the values have'),
      nulls: share.exactOptional().describe('Largest share of missing values'),
      min: limit.exactOptional().describe('Least value'),
      max: limit.exactOptional().describe('Greatest value'),
      values: z
        .array(scalar, { error: 'a list of values' })
        .min(1, 'a list of at least one value')
        .exactOptional()
        .describe('Values that are allowed'),
      unknown: share
        .exactOptional()
        .describe('Largest share of values that are not in `values`; unset: 0'),
      unique: flag.exactOptional().describe('Whether no value comes twice'),
      pattern: z
        .string({ error: 'a regular expression' })
        .min(1, 'a regular expression')
        .exactOptional()
        .describe('Regular expression (RE2) that the whole text matches'),
      minClassFraction: share.exactOptional().describe('Least share of the rarest value'),
      sensitive: flag.exactOptional().describe('Whether reports show no values of this column'),
      onFail: rowOnFail
        .exactOptional()
        .describe('What a failed check does; unset: `validate.onFail`'),
    },
    { error: 'a section of checks' },
  )
  .superRefine((column, context) => {
    for (const [key, message] of findColumnProblems(column)) {
      context.addIssue({ code: 'custom', path: [key], message });
    }
  });

type ColumnFields = z.output<typeof columnSchema>;

export const validateSchema = z.strictObject(
  {
    onFail: rowOnFail
      .default('stop')
      .describe('What a failed check does: end the run, warn, or set the rows aside'),
    rows: rowsSchema.exactOptional().describe('Size of the table to learn from'),
    freshness: freshnessSchema.exactOptional().describe('How new the data has to be'),
    columns: z
      .record(columnKey, columnSchema, { error: 'a section of columns with their checks' })
      .default({})
      .describe('Checks by column'),
    leakage: z
      .enum(['stop', 'warn', 'off'], { error: 'stop, warn or off' })
      .default('stop')
      .describe('What happens when a column gives the target away, or parts of the split overlap'),
  },
  { error: wantedSection },
);

export type ValidateFields = z.output<typeof validateSchema>;

function findColumnProblems(column: ColumnFields): readonly [string, string][] {
  const problems: [string, string][] = [];
  const { type, min, max, values, unknown, pattern, unique, nulls } = column;
  if (unknown !== undefined && values === undefined) {
    problems.push([
      'unknown',
      'says how many values may be missing from `values`, which is not given',
    ]);
  }
  if (typeof min !== typeof max && min !== undefined && max !== undefined) {
    problems.push(['max', 'is of another type than min']);
  } else if (min !== undefined && max !== undefined && toNumber(min) > toNumber(max)) {
    problems.push(['max', `is below min ${min}`]);
  }
  for (const [key, value] of [
    ['min', min],
    ['max', max],
  ] as const) {
    const problem = value === undefined ? null : describeLimitMismatch(type, value);
    if (problem !== null) problems.push([key, problem]);
  }
  if (pattern !== undefined) {
    const problem =
      type === undefined || type === 'text'
        ? describeBadPattern(pattern)
        : `is for texts, and the type is ${type}`;
    if (problem !== null) problems.push(['pattern', problem]);
  }
  const aboutRows = [type, nulls, min, max, values, pattern].some((check) => check !== undefined);
  if (column.onFail === 'quarantine' && !aboutRows && unique !== true) {
    problems.push([
      'onFail',
      'sets rows aside, and no check here is about single rows; wanted stop or warn',
    ]);
  }
  return problems;
}

function describeLimitMismatch(
  type: ColumnExpectation['type'] | undefined,
  value: number | string,
) {
  if (type === 'text' || type === 'boolean') return `has no meaning for the type ${type}`;
  const isDate = typeof value === 'string';
  if (isDate && (type === 'number' || type === 'integer'))
    return `is a date, and the type is ${type}`;
  if (!isDate && type === 'datetime')
    return 'is a number, wanted a date or time, since the type is datetime';
  return null;
}

function toNumber(value: number | string): number {
  return typeof value === 'number' ? value : Date.parse(value);
}

function isDateTime(text: string): boolean {
  return dateTime.test(text) && !Number.isNaN(Date.parse(text));
}
