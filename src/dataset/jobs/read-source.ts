import { join } from 'node:path';
import { assertOptions } from '../read/assert-options.js';
import { readCsvFiles } from '../read/read-csv-files.js';
import { readJsonFiles } from '../read/read-json-files.js';
import { readParquetFiles } from '../read/read-parquet-files.js';
import type { ReadPlace } from '../read/read-place.js';
import { RejectLog } from '../read/reject-log.js';
import { unpackFiles } from '../read/unpack-files.js';
import type { SqlSession } from '../sql/session.js';
import type { ReadSourceResult, SqlJobOf } from '../sql-job.js';

/**
 * Reads the files of a source into one Parquet table: rows in the order of the files, types decided from all rows of
 * all files. Every assumption is told in a note.
 *
 * @throws RecetaError `source-empty`, `source-unreadable` with file, line and column, `source-too-large`
 */
export async function readSource(
  session: SqlSession,
  job: SqlJobOf<'read-source'>,
): Promise<ReadSourceResult> {
  const { jobFolder } = job.settings;
  const { format, files, notes } = await unpackFiles(job);
  assertOptions(job.read, format, files[0]?.name ?? '');
  const rejects = new RejectLog(job.read.badRows, join(jobFolder, 'rejects.csv'));
  const place: ReadPlace = { session, folder: jobFolder, outputPath: job.outputPath, rejects };
  const readFiles = { csv: readCsvFiles, json: readJsonFiles, parquet: readParquetFiles }[format];
  const result = await readFiles(place, files, job.read);
  await rejects.write(session, job.rejectsPath);
  const set = new Set([...notes, ...result.notes]);
  return { ...result, rejectedRows: rejects.count, notes: [...set] };
}
