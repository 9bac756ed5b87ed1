import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceFormat } from '../../contract/pipeline-plan.js';
import type { SqlJobOf } from '../sql-job.js';
import { assertUtf8 } from './assert-utf8.js';
import type { PlainFile } from './plain-file.js';
import { sourceError } from './source-error.js';
import { unpackFile } from './unpack-file.js';

interface UnpackedFiles {
  readonly format: SourceFormat;
  readonly files: readonly PlainFile[];
  readonly notes: readonly string[];
}

/** Unpacks the files of a source, which are all of one format. */
export async function unpackFiles(
  job: SqlJobOf<'read-source' | 'find-lines'>,
): Promise<UnpackedFiles> {
  const files: PlainFile[] = [];
  const notes: string[] = [];
  let format: SourceFormat | null = null;
  for (const [index, file] of job.files.entries()) {
    const options =
      file.columns === null ? job.read : { ...job.read, format: 'csv' as const, encoding: null };
    const path = await withoutGlob(file.path, join(job.settings.jobFolder, `${index}-source`));
    const named = { path, name: file.name };
    const unpacked = await unpackFile(named, options, job.settings.jobFolder, String(index));
    format ??= unpacked.format;
    if (unpacked.format !== format) {
      const message = `it is ${unpacked.format}, while ${job.files[0]?.name} is ${format}; one source has one format`;
      throw sourceError('source-unreadable', file.name, { message });
    }
    if (format !== 'parquet') await assertUtf8(unpacked.path, file.name);
    files.push({ path: unpacked.path, name: file.name, columns: file.columns });
    notes.push(...unpacked.notes);
  }
  if (format === null)
    throw sourceError('source-empty', 'the source', { message: 'it has no files' });
  return { format, files, notes };
}

/** DuckDB takes some characters of a path for a pattern. */
async function withoutGlob(path: string, linkPath: string): Promise<string> {
  if (!/[*?[\]{}]/.test(path)) return path;
  await symlink(path, linkPath);
  return linkPath;
}
