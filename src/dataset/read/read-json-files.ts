import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { RecetaError } from '../../contract/errors.js';
import type { ReadOptions } from '../../contract/pipeline-plan.js';
import { quoteName } from '../sql/quote.js';
import type { ReadSourceResult } from '../sql-job.js';
import { toColumnNames } from './column-names.js';
import { toNulls } from './csv-file.js';
import { csvReaderSql } from './csv-reader-sql.js';
import type { DecidedType } from './decide-type.js';
import { type DeclaredType, toDeclaredType } from './declared-type.js';
import { decideJsonType, type JsonColumn, JsonColumns } from './json-columns.js';
import type { JsonMember } from './json-record.js';
import { readJsonRows } from './json-rows.js';
import type { PlainFile } from './plain-file.js';
import { assertKnownColumns } from './plan-csv-files.js';
import type { ReadPlace } from './read-place.js';
import { sourceError } from './source-error.js';
import { parseStrptimePattern } from './strptime-pattern.js';
import { toColumnInfo, writeTable } from './write-table.js';

const flushLength = 1 << 20;

/**
 * Reads files of JSON lines or of JSON arrays into one Parquet table: a column for every key, missing where a record
 * lacks it. The first pass finds the columns and their types, the second writes the rows for DuckDB.
 *
 * @throws RecetaError `source-empty`, `source-unreadable` with the line
 */
export async function readJsonFiles(
  place: ReadPlace,
  files: readonly PlainFile[],
  read: ReadOptions,
): Promise<Omit<ReadSourceResult, 'rejectedRows'>> {
  const givenTime = read.datetimeFormat === null ? null : parseStrptimePattern(read.datetimeFormat);
  const nulls = toNulls(read.nulls);
  const declared = new Map(
    Object.entries(read.types).map(([key, type]) => [
      key,
      toDeclaredType(type, { decimal: '.', givenTime }),
    ]),
  );
  const found = new JsonColumns({ decimal: '.', isGivenTime: givenTime?.matches ?? null }, nulls);
  const notes: string[] = [];
  for (const file of files) notes.push(...(await scanFile(file, found, place, declared, nulls)));
  const columns = [...found.columns.values()];
  if (found.rows === 0 || columns.length === 0) {
    const message = found.rows === 0 ? 'it holds no record' : 'its records have no member';
    throw sourceError('source-empty', files[0]?.name ?? '', { message });
  }
  assertKnownColumns(
    read.types,
    columns.map(({ key }) => key),
    files[0]?.name ?? '',
  );
  const types = columns.map((column) =>
    toType(declared.get(column.key), decideJsonType(column, givenTime)),
  );
  const rowsPath = join(place.folder, 'rows.csv');
  const keepsNullTexts = read.nulls === null;
  const isMissing = toMissingRule(columns, types, nulls, keepsNullTexts);
  const longestRecordBytes = await writeRows(files, rowsPath, {
    columns,
    declared,
    nulls,
    isMissing,
  });
  const named = toColumnNames(columns.map(({ key }) => key));
  const input = {
    path: rowsPath,
    delimiter: ',',
    quote: '"',
    skipRecords: 0,
    hasLineFeeds: true,
    longestRecordBytes,
  };
  const values = types.map(
    ({ convert }, index) => `${convert(`c${index}`)} AS ${quoteName(named.names[index] ?? '')}`,
  );
  const reader = csvReaderSql(
    input,
    types.map(({ readType }) => readType),
    null,
  );
  const rows = await writeTable(
    place.session,
    `SELECT ${values.join(', ')} FROM ${reader}`,
    types.length,
    place.outputPath,
  );
  if (rows !== found.rows) {
    throw new RecetaError(
      'internal',
      `Reading JSON: ${found.rows} records were counted and ${rows} rows written.`,
    );
  }
  return {
    rows,
    columns: types.map(({ sqlType }, index) => toColumnInfo(named.names[index] ?? '', sqlType)),
    unchanged: false,
    notes: [...notes, ...named.notes, ...noteColumns(found, types, named.names)],
  };
}

function toType(declared: DeclaredType | undefined, found: DecidedType): DecidedType {
  if (declared === undefined) return found;
  return { sqlType: declared.sqlType, readType: 'VARCHAR', convert: declared.convert, notes: [] };
}

async function scanFile(
  file: PlainFile,
  found: JsonColumns,
  { rejects }: ReadPlace,
  declared: ReadonlyMap<string, DeclaredType>,
  nulls: ReadonlySet<string>,
): Promise<readonly string[]> {
  const rowsBefore = found.rows;
  for await (const row of readJsonRows(file, declared, nulls)) {
    if ('members' in row) {
      found.add(row.members, { file: file.name, line: row.line });
      continue;
    }
    const goesOn = await rejects.add(file.name, row.problem, row.text);
    if (row.isFatal) throw rejects.fatal(file.name, row.problem);
    if (!goesOn) break;
  }
  const error = rejects.toError();
  if (error !== null) throw error;
  if (rowsBefore === 0) return [];
  return [...found.columns.values()]
    .filter(({ lastRow }) => lastRow <= rowsBefore)
    .map(({ key }) => `no record of ${file.name} has the key '${key}'`);
}

type MissingRule = (column: JsonColumn, member: JsonMember) => boolean;

/** A text such as NA is a missing value where the column is none of texts, or where it was said to be one. */
function toMissingRule(
  columns: readonly JsonColumn[],
  types: readonly DecidedType[],
  nulls: ReadonlySet<string>,
  keepsNullTexts: boolean,
): MissingRule {
  const keeps = columns.map((_, index) => keepsNullTexts && types[index]?.sqlType === 'VARCHAR');
  return ({ position }, { kind, text }) =>
    kind === 'null' || (kind === 'string' && nulls.has(text) && keeps[position] !== true);
}

/** @returns length of the longest record in bytes */
async function writeRows(
  files: readonly PlainFile[],
  path: string,
  options: {
    readonly columns: readonly JsonColumn[];
    readonly declared: ReadonlyMap<string, DeclaredType>;
    readonly nulls: ReadonlySet<string>;
    readonly isMissing: MissingRule;
  },
): Promise<number> {
  const byKey = new Map(options.columns.map((column) => [column.key, column]));
  const output: FileHandle = await open(path, 'w');
  let pending = '';
  let longest = 0;
  try {
    for (const file of files) {
      for await (const row of readJsonRows(file, options.declared, options.nulls)) {
        if (!('members' in row)) continue;
        const record = toRecord(row.members, byKey, options.isMissing);
        longest = Math.max(longest, record.length);
        pending += record;
        if (pending.length < flushLength) continue;
        await output.write(pending);
        pending = '';
      }
    }
    await output.write(pending);
  } finally {
    await output.close();
  }
  // A character of JavaScript is at most three bytes of UTF-8.
  return 3 * longest;
}

function toRecord(
  members: readonly JsonMember[],
  byKey: ReadonlyMap<string, JsonColumn>,
  isMissing: MissingRule,
): string {
  const fields = new Array<string>(byKey.size).fill('');
  for (const member of members) {
    const column = byKey.get(member.key);
    if (column === undefined) continue;
    fields[column.position] = isMissing(column, member) ? '' : toField(member);
  }
  return `${fields.join(',')}\n`;
}

function toField({ kind, text }: JsonMember): string {
  if (kind === 'number' || kind === 'boolean') return text;
  return `"${text.replaceAll('\0', '').replaceAll('"', '""')}"`;
}

function noteColumns(
  found: JsonColumns,
  types: readonly DecidedType[],
  names: readonly string[],
): readonly string[] {
  const notes = types.flatMap((type, index) =>
    type.notes.map((note) => `column '${names[index]}': ${note}`),
  );
  const { repeatedKeys } = found;
  return repeatedKeys === 0
    ? notes
    : [...notes, `${repeatedKeys} keys come twice in their record; the last value counts`];
}
