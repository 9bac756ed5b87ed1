import { rm } from 'node:fs/promises';
import { RecetaError } from '../../contract/errors.js';
import type { SourceLocation } from '../../contract/pipeline-plan.js';
import { childEntry } from '../../processes/child-entry.js';
import { runChild } from '../../processes/run-child.js';
import type { FetchContext } from './fetch-options.js';
import type { FetchedFile, LocalFile } from './fetched-file.js';
import { copyDatabase } from './sqlite/copy-database.js';
import type { SqliteExportJob, SqliteExportResult } from './sqlite/sqlite-job.js';
import { describeQuery, toSelect } from './to-select.js';

type SqliteLocation = Extract<SourceLocation, { kind: 'sqlite' }>;

/**
 * Fetches a SQLite file like any other and exports one SELECT of it as CSV, in a process of its own. With the file and
 * the query unchanged nothing is done.
 */
export async function* fetchSqlite(
  { file: location, query }: SqliteLocation,
  context: FetchContext,
  fetchLocation: (location: SourceLocation, context: FetchContext) => AsyncGenerator<FetchedFile>,
): AsyncGenerator<FetchedFile> {
  const select = toSelect(query);
  const inner = {
    ...context,
    toId: (place: readonly string[]) => context.toId([select, ...place]),
  };
  let files = 0;
  for await (const file of fetchLocation(location, inner)) {
    files += 1;
    if (files > 1) {
      throw new RecetaError(
        'source-unreadable',
        `Reading the SQLite file ${file.name}: the source names several files. Name one.`,
      );
    }
    const local = file.state === 'hit' ? await fetchStored(file, inner) : file;
    const exported = local.state === 'hit' ? local : await exportTable(local, select, context);
    yield { ...exported, name: `${file.name}: ${describeQuery(query)}` };
  }
}

/** What is in the store is either the export of an earlier fetch or the database that was stored for this run. */
async function fetchStored(
  file: Extract<FetchedFile, { state: 'hit' }>,
  context: FetchContext,
): Promise<FetchedFile> {
  if (file.known.columns !== null) return file;
  const known = context.known.find(file.id);
  if (known !== null && (await context.known.isIntact(known.artifact))) return { ...file, known };
  const path = context.newPath();
  const { artifact, sha256 } = file.known;
  await context.artifacts.getFile(artifact, path, { signal: context.signal });
  const { id, name } = file;
  const { sizeBytes } = artifact;
  const content = { id, name, path, temporary: true, sizeBytes, sha256 };
  const reason = `${name} was not read with this query before`;
  return { ...content, state: 'ran', reason, columns: null, validators: null };
}

async function exportTable(
  file: LocalFile,
  select: string,
  context: FetchContext,
): Promise<LocalFile> {
  const { maxBytes, exportLimits, signal, registry, onProgress } = context;
  const databasePath = context.newPath();
  const outputPath = context.newPath();
  try {
    await copyDatabase(file.path, file.name, databasePath);
    if (file.temporary) await rm(file.path, { force: true });
    onProgress(`${file.name}: exporting`);
    const job: SqliteExportJob = { databasePath, name: file.name, select, outputPath, maxBytes };
    const { columns, sizeBytes } = await runChild<SqliteExportJob, never, SqliteExportResult>({
      entry: childEntry('dataset/sources/sqlite/sqlite-child.js'),
      label: 'The SQLite process',
      job,
      memoryLimitBytes: exportLimits.memoryBytes,
      deadlineMs: exportLimits.deadlineMs,
      settingPrefix: 'RECETA_SQL',
      signal,
      ...(registry === undefined ? {} : { registry }),
    });
    return { ...file, path: outputPath, temporary: true, sizeBytes, columns };
  } finally {
    await rm(databasePath, { force: true });
  }
}
