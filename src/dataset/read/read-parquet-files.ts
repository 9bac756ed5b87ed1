import type { ReadOptions } from '../../contract/pipeline-plan.js';
import { toColumnKind } from '../column-kind.js';
import { quoteName, quoteText } from '../sql/quote.js';
import type { SqlSession } from '../sql/session.js';
import { toSqlError } from '../sql/sql-error.js';
import type { ReadSourceResult } from '../sql-job.js';
import type { PlainFile } from './plain-file.js';
import { findColumnProblem } from './plan-csv-files.js';
import type { ReadPlace } from './read-place.js';
import { sourceError } from './source-error.js';
import { toColumnInfo, writeTable } from './write-table.js';

interface ParquetColumn {
  readonly name: string;
  readonly sqlType: string;
}

/** A column as it is stored: SQL expression, its type, and what was changed. */
interface StoredColumn extends ParquetColumn {
  readonly expression: string;
  readonly notes: readonly string[];
}

/**
 * Reads Parquet files into one Parquet table: NaN and infinite values become missing, times UTC, integers beyond 64
 * bits text, and columns that nothing can be learned from are left out. One file that needs none of that is left as
 * it is.
 *
 * @throws RecetaError `source-empty`, `source-unreadable`
 */
export async function readParquetFiles(
  { session, outputPath }: ReadPlace,
  files: readonly PlainFile[],
  _read: ReadOptions,
): Promise<Omit<ReadSourceResult, 'rejectedRows'>> {
  const [first] = files;
  if (first === undefined) throw new Error('a source without files');
  const layouts: (readonly ParquetColumn[])[] = [];
  for (const file of files) {
    layouts.push(await describeFile(session, file));
    const names = layouts.map((columns) => columns.map(({ name }) => name));
    const problem = findColumnProblem(names[0] ?? [], names.at(-1) ?? [], first.name);
    if (problem !== null) throw sourceError('source-unreadable', file.name, problem);
  }
  assertSameKinds(files, layouts);
  const all = await describe(session, unite(files), first.name);
  const kept = all.filter(({ sqlType }) => toColumnKind(sqlType) !== null);
  const dropped = all.filter(({ sqlType }) => toColumnKind(sqlType) === null);
  if (kept.length === 0) {
    const message = 'none of its columns holds numbers, booleans, dates or text';
    throw sourceError('source-unreadable', first.name, { message });
  }
  const { rows, stored } = await inspect(session, unite(files), kept, first.name);
  if (rows === 0) throw sourceError('source-empty', first.name, { message: 'it has no row' });
  const columns = stored.map(({ name, sqlType }) => toColumnInfo(name, sqlType));
  const notes = [
    ...stored.flatMap((column) => column.notes.map((note) => `column '${column.name}': ${note}`)),
    ...dropped.map(
      ({ name, sqlType }) =>
        `column '${name}' is left out, because nothing can be learned from ${sqlType}`,
    ),
  ];
  const unchanged =
    files.length === 1 &&
    dropped.length === 0 &&
    stored.every(({ name, expression }) => expression === quoteName(name));
  if (!unchanged) {
    const values = stored.map(({ name, expression }) => `${expression} AS ${quoteName(name)}`);
    const query = `SELECT ${values.join(', ')} FROM (${unite(files)})`;
    await guard(first.name, () => writeTable(session, query, stored.length, outputPath));
  }
  return { rows, columns, unchanged, notes };
}

function unite(files: readonly PlainFile[]): string {
  return files
    .map(({ path }) => `SELECT * FROM read_parquet(${quoteText(path)}, hive_partitioning = false)`)
    .join(' UNION ALL BY NAME ');
}

function describeFile(session: SqlSession, file: PlainFile): Promise<readonly ParquetColumn[]> {
  return describe(session, unite([file]), file.name);
}

async function describe(
  session: SqlSession,
  query: string,
  fileName: string,
): Promise<readonly ParquetColumn[]> {
  const rows = await guard(fileName, () =>
    session.rows<{ column_name: string; column_type: string }>(`DESCRIBE ${query}`),
  );
  return rows.map((row) => ({ name: row.column_name, sqlType: row.column_type }));
}

/** Numbers of one file and texts of another would become texts without a word. */
function assertSameKinds(
  files: readonly PlainFile[],
  layouts: readonly (readonly ParquetColumn[])[],
): void {
  const types = new Map(layouts[0]?.map(({ name, sqlType }) => [name.toLowerCase(), sqlType]));
  for (const [index, columns] of layouts.entries()) {
    for (const { name, sqlType } of columns) {
      const expected = types.get(name.toLowerCase()) ?? sqlType;
      if (toColumnKind(expected) === toColumnKind(sqlType)) continue;
      const message = `it is ${sqlType}, but ${expected} in ${files[0]?.name}`;
      throw sourceError('source-unreadable', files[index]?.name ?? '', { message, path: name });
    }
  }
}

const wideIntegers = new Set(['HUGEINT', 'UHUGEINT', 'UBIGINT']);

/** Counts the rows, and the values that no table keeps as they are. */
async function inspect(
  session: SqlSession,
  table: string,
  columns: readonly ParquetColumn[],
  fileName: string,
): Promise<{ readonly rows: number; readonly stored: readonly StoredColumn[] }> {
  const counts = columns.flatMap(({ name, sqlType }) => {
    const column = quoteName(name);
    if (isFloating(sqlType)) return [`(count(*) FILTER (WHERE NOT isfinite(${column})))::DOUBLE`];
    if (!wideIntegers.has(sqlType)) return [];
    return [
      `(count(*) FILTER (WHERE ${column} IS NOT NULL AND TRY_CAST(${column} AS BIGINT) IS NULL))::DOUBLE`,
    ];
  });
  const [rows = 0, ...found] = await guard(fileName, () =>
    session.values(`SELECT ${['count(*)::DOUBLE', ...counts].join(', ')} FROM (${table})`),
  );
  let next = 0;
  const stored = columns.map((column) => {
    const isCounted = isFloating(column.sqlType) || wideIntegers.has(column.sqlType);
    return toStored(column, isCounted ? Number(found[next++]) : 0);
  });
  return { rows: Number(rows), stored };
}

function toStored({ name, sqlType }: ParquetColumn, odd: number): StoredColumn {
  const column = quoteName(name);
  const as = (type: string, notes: readonly string[] = []): StoredColumn => ({
    name,
    sqlType: type,
    expression: type === sqlType ? column : `CAST(${column} AS ${type})`,
    notes,
  });
  if (isFloating(sqlType) && odd > 0) {
    const expression = `CASE WHEN isfinite(${column}) THEN ${column} END`;
    return {
      name,
      sqlType,
      expression,
      notes: [`${odd} NaN or infinite values are read as missing`],
    };
  }
  if (wideIntegers.has(sqlType)) {
    return odd === 0
      ? as('BIGINT')
      : as('VARCHAR', ['whole numbers beyond 64 bits are kept as text, exactly']);
  }
  if (sqlType === 'TIMESTAMP WITH TIME ZONE') return as('TIMESTAMP', ['times are turned into UTC']);
  if (sqlType.startsWith('TIMESTAMP')) return as('TIMESTAMP');
  return sqlType === 'UUID' || sqlType.startsWith('ENUM(') ? as('VARCHAR') : as(sqlType);
}

function isFloating(sqlType: string): boolean {
  return sqlType === 'FLOAT' || sqlType === 'DOUBLE';
}

/** DuckDB's own words, where a file turns out to be damaged. */
async function guard<Result>(fileName: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    const error = toSqlError(thrown);
    if (error.code === 'memory-limit-exceeded') throw error;
    const cause = error.cause instanceof Error ? error.cause.message : error.message;
    const [firstLine = ''] = cause.replaceAll(/'[^']*\/[^']*'/g, 'the file').split('\n', 1);
    const message = `it is no readable Parquet file (${firstLine}); it is damaged or cut off, get it again`;
    throw sourceError('source-unreadable', fileName, { message }, { cause: error });
  }
}
