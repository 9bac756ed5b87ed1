import { join } from 'node:path';
import { RecetaError } from '../../contract/errors.js';
import { copyCsv } from './copy-csv.js';
import type { CsvFile } from './csv-file.js';
import { csvTableQuery, type TableFile } from './csv-table-query.js';
import type { DecidedType } from './decide-type.js';
import type { ReadPlace } from './read-place.js';
import { isPlainCsv, type ScannedCsv } from './scan-csv.js';
import { writeTable } from './write-table.js';

export interface ScannedFile extends CsvFile, ScannedCsv {}

/**
 * Writes the rows of scanned files as Parquet. Files that DuckDB might read otherwise than we do are first copied in a
 * form that leaves no doubt; should it see other rows even so, all of them are.
 */
export async function writeCsvTable(
  place: ReadPlace,
  files: readonly ScannedFile[],
  types: readonly DecidedType[],
): Promise<void> {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  if ((await tryWrite(place, files, types, isPlainCsv)) === rows) return;
  const written = await tryWrite(place, files, types, () => false);
  if (written === rows) return;
  if (written instanceof RecetaError) throw written;
  throw new RecetaError(
    'internal',
    `Reading CSV: ${rows} rows were counted and ${written} written.`,
  );
}

/** @returns number of rows, or what DuckDB found wrong with a file */
async function tryWrite(
  { session, folder, outputPath }: ReadPlace,
  files: readonly ScannedFile[],
  types: readonly DecidedType[],
  isPlain: (file: ScannedFile) => boolean,
): Promise<number | RecetaError> {
  const inputs: TableFile[] = [];
  for (const [index, file] of files.entries()) {
    const copyPath = join(folder, `${index}-rows.csv`);
    inputs.push(isPlain(file) ? toPlainInput(file) : await toCopiedInput(file, copyPath));
  }
  const query = csvTableQuery(inputs, files[0]?.layout.names ?? [], types);
  try {
    return await writeTable(session, query, types.length, outputPath);
  } catch (error) {
    if (error instanceof RecetaError && error.code === 'sql-invalid') return error;
    throw error;
  }
}

function toPlainInput({ path, layout, traits, seenNulls }: ScannedFile): TableFile {
  const { delimiter, quote, skipRecords } = layout;
  const input = {
    path,
    delimiter,
    quote,
    skipRecords: skipRecords ?? 0,
    hasLineFeeds: traits.pairs === 0,
    longestRecordBytes: traits.longestRecordBytes,
  };
  return { input, names: layout.names, nulls: seenNulls };
}

async function toCopiedInput(file: ScannedFile, copyPath: string): Promise<TableFile> {
  const { layout, traits, seenNulls } = file;
  await copyCsv(file, copyPath);
  const input = {
    path: copyPath,
    delimiter: layout.delimiter,
    quote: '"',
    skipRecords: 0,
    hasLineFeeds: true,
    // Quotes may be doubled, and put around each field.
    longestRecordBytes: 2 * traits.longestRecordBytes + 3 * layout.names.length,
  };
  return { input, names: layout.names, nulls: seenNulls };
}
