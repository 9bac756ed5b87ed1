import { closeSync, openSync, writeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import sqlite from 'node-sqlite3-wasm';
import { RecetaError } from '../../../contract/errors.js';
import { toCsvRecord } from '../csv-record.js';
import { SqliteColumnType, type SqliteValue } from './sqlite-column-type.js';
import type { SqliteExportJob, SqliteExportResult } from './sqlite-job.js';

const flushBytes = 1 << 20;
const viewName = 'receta_query';

/**
 * Writes the result of one SELECT over a SQLite file as CSV and says which types hold its columns. The file is opened
 * for reading; its own views and triggers are not trusted.
 *
 * @throws RecetaError `sql-invalid`, `source-unreadable` (no database, or a column with blobs), `source-too-large`
 */
export async function exportSqliteTable(job: SqliteExportJob): Promise<SqliteExportResult> {
  const database = open(job);
  try {
    const columns = describeQuery(database, job);
    return await writeRows(database, columns, job);
  } finally {
    database.close();
  }
}

interface QueryColumn {
  readonly name: string;
  readonly type: SqliteColumnType;
}

function open({ databasePath, name }: SqliteExportJob): sqlite.Database {
  try {
    const database = new sqlite.Database(databasePath, { fileMustExist: true, readOnly: true });
    database.exec('PRAGMA trusted_schema = OFF');
    return database;
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** A view can only be made of one SELECT, and tells the columns of it without running it. */
function describeQuery(database: sqlite.Database, job: SqliteExportJob): QueryColumn[] {
  // Compiled in parentheses as well: whatever follows a semicolon would else be passed over in silence.
  compile(database, `SELECT * FROM (${job.select}\n)`, job);
  compile(database, `CREATE TEMP VIEW ${viewName} AS ${job.select}`, job)?.run();
  const rows = database.all(`PRAGMA table_info(${viewName})`);
  const columns = rows.map((row) => ({
    name: String(row.name),
    type: new SqliteColumnType(String(row.type ?? '')),
  }));
  const names = new Set(columns.map(({ name }) => name));
  const twice = [...names].find(
    (name) => names.has(name.replace(/:\d+$/, '')) && /:\d+$/.test(name),
  );
  if (twice === undefined) return columns;
  throw new RecetaError(
    'sql-invalid',
    `Reading ${job.name}: the query has two columns named '${twice.replace(/:\d+$/, '')}'. Rename one with AS.`,
  );
}

function compile(database: sqlite.Database, sql: string, job: SqliteExportJob): sqlite.Statement {
  try {
    return database.prepare(sql);
  } catch (error) {
    throw toQueryError(job.name, error);
  }
}

async function writeRows(
  database: sqlite.Database,
  columns: readonly QueryColumn[],
  { name, outputPath, maxBytes }: SqliteExportJob,
): Promise<SqliteExportResult> {
  const output = openSync(outputPath, 'w');
  let pending = toCsvRecord(columns.map((column) => column.name));
  let sizeBytes = 0;
  let rows = 0;
  const flush = (): void => {
    sizeBytes += writeSync(output, pending);
    pending = '';
    if (sizeBytes > maxBytes) throw tooLarge(name, maxBytes);
  };
  try {
    for (const row of iterate(database, columns.length, name)) {
      pending += toCsvRecord(columns.map((column, index) => take(row[`c${index}`], column, name)));
      rows += 1;
      if (pending.length < flushBytes) continue;
      flush();
      // Lets this process notice that its parent has gone.
      await nextTurn();
    }
    flush();
  } finally {
    closeSync(output);
  }
  return {
    rows,
    sizeBytes,
    columns: columns.map((column) => ({ name: column.name, sqlType: column.type.sqlType })),
  };
}

/** Rows come as objects; names of our own keep them from clashing with what objects have anyway. */
function* iterate(database: sqlite.Database, width: number, name: string) {
  const names = Array.from({ length: width }, (_, index) => `c${index}`).join(', ');
  const sql = `WITH receta_rows(${names}) AS (SELECT * FROM ${viewName}) SELECT * FROM receta_rows`;
  try {
    yield* database.prepare(sql).iterate() as Iterable<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof sqlite.SQLite3Error) throw toQueryError(name, error);
    throw error;
  }
}

function take(value: unknown, column: QueryColumn, name: string): SqliteValue {
  if (value instanceof Uint8Array) {
    throw new RecetaError(
      'source-unreadable',
      `Reading ${name}: the column '${column.name}' holds binary values, which no table of Receta has. ` +
        'Leave it out, or turn it into text with hex().',
    );
  }
  const known = (value ?? null) as SqliteValue;
  column.type.add(known);
  return known;
}

function toQueryError(name: string, error: unknown): RecetaError {
  const message = error instanceof Error ? error.message : String(error);
  if (/not a database|malformed|disk image|unable to open/i.test(message)) {
    return unreadable(name, error);
  }
  return new RecetaError(
    'sql-invalid',
    `Reading ${name}: SQLite refuses the query: ${message}. A source is one SELECT or the name of a table.`,
  );
}

function unreadable(name: string, error: unknown): RecetaError {
  const message = error instanceof Error ? error.message : String(error);
  return new RecetaError(
    'source-unreadable',
    `Reading ${name}: SQLite cannot open it: ${message}. Provide an unencrypted SQLite 3 database.`,
  );
}

function tooLarge(name: string, maxBytes: number): RecetaError {
  return new RecetaError(
    'source-too-large',
    `Reading ${name}: the result of the query is larger than the limit of ${maxBytes} bytes. ` +
      'Select less, or raise the limit RECETA_SOURCE_MAX_BYTES.',
  );
}
