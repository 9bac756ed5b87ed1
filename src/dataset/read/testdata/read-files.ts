import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { openReadOptions } from '../../../contract/open-read-options.js';
import type { ReadOptions } from '../../../contract/pipeline-plan.js';
import { readSource } from '../../jobs/read-source.js';
import type { SqlValue } from '../../sql/session.js';
import type { RawFile, ReadSourceJob, ReadSourceResult } from '../../sql-job.js';
import {
  engine,
  limits,
  newPath,
  readRows,
  withSession,
  write,
} from '../../testdata/engine-surroundings.js';

type PlainValue = number | string | boolean | null;

export interface ReadTable extends ReadSourceResult {
  /** SQL types by column. */
  readonly types: Readonly<Record<string, string>>;
  /** Times are ISO texts, and integers beyond 2^53 texts. */
  readonly table: readonly Readonly<Record<string, PlainValue>>[];
  /** Rows set aside: file, line, text, reason. */
  readonly rejects: readonly Readonly<Record<string, PlainValue>>[];
}

/** Reads files as one source in a process of its own, as a run does. */
export function readFiles(
  paths: readonly string[],
  read: Partial<ReadOptions> = {},
): Promise<ReadTable> {
  return readWith((job) => engine.readSource(job, limits), paths, read, null);
}

/** Reads texts as the files `a.csv`, `b.csv` ... of one source, in this process. */
export async function readTexts(
  contents: readonly (string | Uint8Array)[],
  read: Partial<ReadOptions> = {},
  columns: RawFile['columns'] = null,
): Promise<ReadTable> {
  const paths = await Promise.all(contents.map((content) => write(content)));
  const work = async (job: ReadSourceJob): Promise<ReadSourceResult> => {
    const settings = { memoryBytes: 1 << 28, tempBytes: 1 << 30, jobFolder: newPath('job') };
    await mkdir(settings.jobFolder);
    return withSession((session) => readSource(session, { kind: 'read-source', settings, ...job }));
  };
  return readWith(work, paths, read, columns);
}

/** Reads one text as the file `a.csv`, in this process. */
export function readText(
  content: string | Uint8Array,
  read: Partial<ReadOptions> = {},
): Promise<ReadTable> {
  return readTexts([content], read);
}

async function readWith(
  work: (job: ReadSourceJob) => Promise<ReadSourceResult>,
  paths: readonly string[],
  read: Partial<ReadOptions>,
  columns: RawFile['columns'],
): Promise<ReadTable> {
  const outputPath = newPath('table.parquet');
  const rejectsPath = newPath('rejects.parquet');
  const files = paths.map((path, index) => {
    const isWritten = basename(path).endsWith('-data.csv');
    const name = isWritten ? `${String.fromCharCode(97 + index)}.csv` : basename(path);
    return { path, name, columns };
  });
  const result = await work({
    files,
    read: { ...openReadOptions, ...read },
    outputPath,
    rejectsPath,
  });
  const tablePath = result.unchanged ? (paths[0] ?? '') : outputPath;
  return {
    ...result,
    types: Object.fromEntries(result.columns.map(({ name, sqlType }) => [name, sqlType])),
    table: (await readRows(tablePath)).map(toPlainRow),
    rejects: result.rejectedRows === 0 ? [] : (await readRows(rejectsPath)).map(toPlainRow),
  };
}

function toPlainRow(row: Readonly<Record<string, SqlValue>>): Record<string, PlainValue> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (value instanceof Date) return [name, value.toISOString().replace('.000Z', 'Z')];
      if (typeof value !== 'bigint') return [name, value];
      return [name, Number.isSafeInteger(Number(value)) ? Number(value) : String(value)];
    }),
  );
}
