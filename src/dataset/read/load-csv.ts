import { type Problem, RecetaError } from '../../contract/errors.js';
import { type CsvText, prepareCsvText } from './csv-text.js';
import { type DecidedType, decideCsvTypes } from './csv-types.js';
import { quoteName, quoteText } from './quote.js';
import { findRecordLine } from './record-line.js';
import type { SqlSession } from './session.js';
import { toSqlError } from './sql-error.js';

/** Texts that mean a missing value in every column, quoted or not: those that pandas takes, as far as people write them. */
const nullTexts = [
  '',
  'NA',
  'N/A',
  'n/a',
  '#N/A',
  'NaN',
  'nan',
  'null',
  'NULL',
  'None',
  '<NA>',
] as const;

const maxLineBytes = 8 << 20;

/**
 * Loads a CSV file as the table `source`, with types decided from all of its rows and rows in file order.
 *
 * @returns sentences about what reading has changed
 * @throws RecetaError `source-empty`, `source-unreadable` with line numbers, `source-too-large`
 */
export async function loadCsv(
  session: SqlSession,
  path: string,
  folder: string,
): Promise<readonly string[]> {
  const text = await prepareCsvText(path, folder);
  await loadTexts(session, text);
  const { rows } = await session.row<{ rows: number }>(
    'SELECT count(*)::DOUBLE AS rows FROM texts',
  );
  if (rows === 0) {
    throw new RecetaError(
      'source-empty',
      `Reading the CSV source: it has a header of ${text.header.names.length} columns but no row.`,
    );
  }
  return convertTexts(session, text);
}

async function loadTexts(session: SqlSession, { path, header }: CsvText): Promise<void> {
  const columns = header.names.map((_, index) => `${quoteText(`c${index}`)}: 'VARCHAR'`);
  try {
    await session.connection.run(
      `CREATE TABLE texts AS SELECT * FROM read_csv(${quoteText(path)},
        auto_detect = false, header = false, skip = ${header.headerRecords}, strict_mode = true,
        delim = ${quoteText(header.delimiter)}, quote = '"', escape = '"', compression = 'none',
        columns = {${columns.join(', ')}}, nullstr = [${nullTexts.map(quoteText).join(', ')}],
        max_line_size = ${maxLineBytes}, buffer_size = ${4 * maxLineBytes})`,
    );
  } catch (error) {
    throw await toCsvError(error, path, header.names.length);
  }
}

async function convertTexts(session: SqlSession, { header }: CsvText): Promise<readonly string[]> {
  const columns = header.names.map((_, index) => `c${index}`);
  const types = await decideCsvTypes(session, 'texts', columns, header.delimiter);
  const converted = types.map(({ expression }, index) => {
    return `${expression} AS ${quoteName(header.names[index] ?? '')}`;
  });
  const notes = await countInfinities(session, types, header.names);
  await session.run(
    `CREATE TABLE source AS SELECT ${converted.join(', ')} FROM texts ORDER BY rowid`,
  );
  await session.run('DROP TABLE texts');
  return notes;
}

async function countInfinities(
  session: SqlSession,
  types: readonly DecidedType[],
  names: readonly string[],
): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const [index, { sqlType, column }] of types.entries()) {
    if (sqlType !== 'DOUBLE') continue;
    const { infinite } = await session.row<{ infinite: number }>(
      `SELECT count(*)::DOUBLE AS infinite FROM texts WHERE isinf(TRY_CAST(${column} AS DOUBLE))`,
    );
    if (infinite > 0)
      notes.push(`column '${names[index]}': ${infinite} infinite values are read as missing`);
  }
  return notes;
}

/** Says what DuckDB's CSV reader found, with the line of the file. */
async function toCsvError(
  thrown: unknown,
  path: string,
  columnCount: number,
): Promise<RecetaError> {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  if (text.startsWith('Out of Memory Error')) return toSqlError(thrown);
  const record = /CSV Error on Line: (\d+)/.exec(text)?.[1];
  const found = /Expected Number of Columns: \d+ Found: (\d+)/.exec(text)?.[1];
  const message = describeCsvError(text, columnCount, found);
  const line = record === undefined ? null : await findRecordLine(path, Number(record));
  const problem: Problem = line === null ? { message } : { message, line };
  const place = line === null ? '' : ` in line ${line}`;
  return new RecetaError(
    'source-unreadable',
    `Reading the CSV source failed${place}: ${message}. Correct the file and try again.`,
    { cause: thrown, problems: [problem] },
  );
}

function describeCsvError(text: string, columnCount: number, found: string | undefined): string {
  if (found !== undefined) return `it has ${found} fields where the header has ${columnCount}`;
  if (/unterminated quote/i.test(text)) return 'a quote is opened and never closed';
  if (/maximum line size/i.test(text)) return `a line is longer than ${maxLineBytes >> 20} MB`;
  if (/state machine|quote/i.test(text)) return 'quotes or line ends do not follow RFC 4180';
  return text.split('\n', 1)[0] ?? text;
}
