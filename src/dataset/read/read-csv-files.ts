import type { RecetaError } from '../../contract/errors.js';
import type { ReadOptions } from '../../contract/pipeline-plan.js';
import type { ReadSourceResult } from '../sql-job.js';
import { fieldFlag } from './csv-form.js';
import { storedType } from './csv-table-query.js';
import type { DecidedType } from './decide-type.js';
import { EarlyTable } from './early-table.js';
import type { PlainFile } from './plain-file.js';
import { type CsvPlan, planCsvFiles } from './plan-csv-files.js';
import type { ReadPlace } from './read-place.js';
import { scanCsv } from './scan-csv.js';
import { sourceError } from './source-error.js';
import { SourceEvidence } from './source-evidence.js';
import { type ScannedFile, writeCsvTable } from './write-csv-table.js';
import { toColumnInfo } from './write-table.js';

/**
 * Reads CSV files into one Parquet table. Node looks at every byte once to decide the types from all rows and to find
 * what is wrong; DuckDB reads the files in those types, straight into the table.
 *
 * @throws RecetaError `source-empty`, `source-unreadable`
 */
export async function readCsvFiles(
  place: ReadPlace,
  plainFiles: readonly PlainFile[],
  read: ReadOptions,
): Promise<Omit<ReadSourceResult, 'rejectedRows'>> {
  const plan = await planCsvFiles(plainFiles, read);
  const [first] = plan.files;
  if (first === undefined) throw new Error('a source without files');
  const { names } = first.layout;
  const evidence = new SourceEvidence(names);
  const early = await EarlyTable.begin(place, plan);
  let files: readonly ScannedFile[];
  try {
    files = await scanAll(place, plan, evidence);
  } catch (error) {
    await early?.abandon();
    throw error;
  }
  const types = evidence.decide(first, plan.givenTime);
  const isWritten = (await early?.isRight(files, types)) ?? false;
  if (!isWritten) await writeCsvTable(place, files, types);
  return {
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    columns: types.map(({ sqlType }, index) =>
      toColumnInfo(names[index] ?? '', storedType(sqlType)),
    ),
    unchanged: false,
    notes: [...plan.notes, ...noteLines(files), ...noteTypes(types, names)],
  };
}

async function scanAll(
  { rejects }: ReadPlace,
  { files }: CsvPlan,
  evidence: SourceEvidence,
): Promise<readonly ScannedFile[]> {
  const scanned: ScannedFile[] = [];
  let rows = 0;
  for (const file of files) {
    const scan = await scanCsv(file, evidence.of(file), rejects, rows);
    rows += scan.rows;
    scanned.push({ ...file, ...scan });
  }
  if (rows === 0) throw toEmptyError(scanned);
  return scanned;
}

function toEmptyError(files: readonly ScannedFile[]): RecetaError {
  const [first] = files;
  const rejected = files.reduce((sum, file) => sum + file.rejected, 0);
  const name = files.length === 1 ? (first?.name ?? '') : `${files.length} CSV files`;
  const message =
    rejected > 0
      ? `none of its ${rejected} rows can be read`
      : `it has a header of ${first?.layout.names.length} columns but no row`;
  return sourceError('source-empty', name, { message });
}

function noteLines(files: readonly ScannedFile[]): readonly string[] {
  const blank = files.reduce((sum, { traits }) => sum + traits.innerBlankLines, 0);
  const hasNul = files.some(({ traits }) => (traits.fieldFlags & fieldFlag.nul) !== 0);
  return [
    ...(blank > 0 ? [`${blank} blank ${blank === 1 ? 'line is' : 'lines are'} left out`] : []),
    ...(hasNul ? ['NUL bytes inside values are left out'] : []),
  ];
}

function noteTypes(types: readonly DecidedType[], names: readonly string[]): readonly string[] {
  return types.flatMap(({ notes }, index) =>
    notes.map((note) => `column '${names[index]}': ${note}`),
  );
}
