import { z } from 'zod';
import { openReadOptions } from '../contract/open-read-options.js';
import type { ReadOptions, SourceFormat, TextEncoding } from '../contract/pipeline-plan.js';
import { columnKey, columnName, flag } from './fields.js';
import { toSqlType, wantedSqlType } from './sql-type.js';
import { describeBadStrptime } from './strptime.js';

const formats = ['csv', 'parquet', 'json'] as const satisfies readonly SourceFormat[];
const encodings = [
  ...(['utf-8', 'utf-16le', 'utf-16be', 'latin1', 'windows-1252'] as const),
] satisfies TextEncoding[];

const wantedDelimiter = 'one character, such as ";" or "\\t"';
const wantedQuote = 'one character, or "" where nothing is quoted';
const wantedNulls = 'a list of texts that mean a missing value; put numbers and null in quotes';
const wantedPattern = 'a strptime pattern such as "%d.%m.%Y %H:%M"';
const oneCharacter = /^[^\r\n\0]$/u;

const sqlType = z.string({ error: wantedSqlType }).transform((text, context) => {
  const type = toSqlType(text);
  if (type !== null) return type;
  context.addIssue({ code: 'custom', message: wantedSqlType, params: { wanted: true } });
  return z.NEVER;
});

/** Keys of a source that say how its files are read. */
export const readFields = {
  format: z
    .enum(formats, { error: formats.join(', ').replace(', json', ' or json') })
    .exactOptional()
    .describe('Format of the files; `json` is lines or one array; unset: found out'),
  delimiter: z
    .string({ error: wantedDelimiter })
    .transform((text) => (text === '\\t' ? '\t' : text))
    .refine((text) => oneCharacter.test(text), { error: wantedDelimiter, params: { wanted: true } })
    .exactOptional()
    .describe('What stands between fields; unset: found out'),
  quote: z
    .string({ error: wantedQuote })
    .refine((text) => text === '' || oneCharacter.test(text), {
      error: wantedQuote,
      params: { wanted: true },
    })
    .exactOptional()
    .describe('What stands around quoted fields; `""`: nothing is quoted; unset: found out'),
  encoding: z
    .enum(encodings, { error: `one of ${encodings.join(', ')}` })
    .exactOptional()
    .describe('Encoding of the text; unset: found out'),
  header: flag
    .exactOptional()
    .describe('Whether the first line names the columns; unset: found out'),
  columns: z
    .array(columnName, { error: 'a list of column names' })
    .min(1, 'a list of column names')
    .exactOptional()
    .describe('Names of the columns, in their order, instead of those in the file'),
  nulls: z
    .array(z.string({ error: 'a text; put it in quotes' }), { error: wantedNulls })
    .exactOptional()
    .describe('Texts that mean a missing value; unset: the usual ones'),
  decimal: z
    .enum(['.', ','], { error: '"." or ","' })
    .exactOptional()
    .describe('Decimal sign of numbers; unset: found out'),
  datetimeFormat: z
    .string({ error: wantedPattern })
    .superRefine((pattern, context) => {
      const problem = describeBadStrptime(pattern);
      if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    })
    .exactOptional()
    .describe('strptime pattern of dates and times that are not ISO 8601'),
  types: z
    .record(columnKey, sqlType, { error: 'a section of columns with their SQL types' })
    .exactOptional()
    .describe('SQL types by column, instead of the inferred ones'),
  badRows: z
    .enum(['stop', 'quarantine'], { error: 'stop or quarantine' })
    .exactOptional()
    .describe('What becomes of rows that cannot be read; unset: `stop`'),
};

type ReadFields = z.output<z.ZodObject<typeof readFields>>;

/** What a source need not say is `null`, to be found out. */
export function toReadOptions(fields: ReadFields): ReadOptions {
  const keys = Object.keys(openReadOptions) as (keyof ReadOptions)[];
  const given = keys.filter((key) => fields[key] !== undefined);
  return { ...openReadOptions, ...Object.fromEntries(given.map((key) => [key, fields[key]])) };
}

/** Options that mean something in each format. */
const optionsByFormat: Readonly<Record<SourceFormat, readonly (keyof ReadOptions)[]>> = {
  csv: Object.keys(openReadOptions) as (keyof ReadOptions)[],
  json: ['format', 'nulls', 'datetimeFormat', 'types', 'badRows'],
  parquet: ['format'],
};

/** Finds options that do not belong to the format, or to each other; messages follow the path of the option. */
export function findReadProblems(
  fields: ReadFields,
  format: SourceFormat | null,
): readonly { readonly key: keyof ReadOptions; readonly message: string }[] {
  const given = (Object.keys(fields) as (keyof ReadOptions)[]).filter((key) => key in readFields);
  const misplaced = given
    .filter((key) => format !== null && !optionsByFormat[format].includes(key))
    .map((key) => ({ key, message: describeMisplaced(key, format ?? 'csv') }));
  const { delimiter, quote, decimal, columns = [] } = fields;
  const repeated = columns.find((column, index) => columns.indexOf(column) !== index);
  return [
    ...misplaced,
    ...(repeated === undefined
      ? []
      : [{ key: 'columns' as const, message: `names ${JSON.stringify(repeated)} twice` }]),
    ...(delimiter !== undefined && delimiter === quote
      ? [{ key: 'quote' as const, message: 'is the delimiter too' }]
      : []),
    ...(delimiter !== undefined && delimiter === decimal
      ? [{ key: 'decimal' as const, message: 'is the delimiter too' }]
      : []),
  ];
}

function describeMisplaced(key: keyof ReadOptions, format: SourceFormat): string {
  const owners = (Object.keys(optionsByFormat) as SourceFormat[]).filter((name) =>
    optionsByFormat[name].includes(key),
  );
  return `belongs to ${owners.join(' and ')}, and this source is ${format}; leave it out`;
}

/** Format that every name of a file tells by its end; `null`: they tell none. */
export function readFormatFromNames(names: readonly string[]): SourceFormat | null {
  const plain = names.map((name) => name.toLowerCase().replace(/\.(gz|zst)$/, ''));
  if (plain.every((name) => /\.(parquet|pq)$/.test(name))) return 'parquet';
  if (plain.every((name) => /\.(json|jsonl|ndjson)$/.test(name))) return 'json';
  return null;
}
