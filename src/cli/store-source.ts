import { stat } from 'node:fs/promises';
import { basename, dirname, relative, sep } from 'node:path';
import { hashFile } from '../artifacts/sha256.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { RecetaError } from '../contract/errors.js';
import type { SourceLocation, SourcePlan } from '../contract/pipeline-plan.js';
import { expandPath } from '../dataset/sources/local/expand-path.js';
import { toMediaType } from '../dataset/sources/media-type.js';
import { assertCheckpointed } from '../dataset/sources/sqlite/assert-checkpointed.js';
import type { LocalSource } from '../pipeline/resolve-source.js';
import type { Connection } from './cli-dependencies.js';
import { describeReadFailure } from './describe-read-failure.js';
import { formatBytes } from './render/format-bytes.js';
import { formatDuration } from './render/format-duration.js';

interface StoreSourceOptions {
  readonly connection: Pick<Connection, 'client' | 'limits'>;
  readonly nowMs: () => number;
  readonly note: (lines: readonly string[]) => void;
}

interface FoundFile {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
}

/**
 * Streams the local files of a source into the store, so that workers anywhere can read them. All files are looked at
 * before the first is sent.
 *
 * @throws RecetaError `source-not-found`, `source-empty`, `source-too-large`, `source-unreadable`,
 *   `source-checksum-mismatch`, `store-unavailable`
 */
export async function storeSource(
  source: LocalSource,
  { connection, nowMs, note }: StoreSourceOptions,
): Promise<SourcePlan> {
  const files = await findFiles(source);
  assertExtent(files, connection.limits.sourceMaxBytes);
  await assertChecksum(files, source.sha256);
  const what = describeFiles(files);
  note([`storing ${what}, ${formatBytes(sumBytes(files))}`]);
  const startedAtMs = nowMs();
  const stored: { name: string; artifact: ArtifactRef }[] = [];
  for (const { path, name } of files) {
    stored.push({ name, artifact: await connection.client.putSource(path, toMediaType(name)) });
  }
  const [first] = stored;
  const digest = stored.length === 1 ? `, sha256 ${first?.artifact.sha256.slice(0, 12)}` : '';
  note([`stored ${what} in ${formatDuration(nowMs() - startedAtMs)}${digest}`]);
  const { read, sha256 } = source;
  return { location: toLocation(stored, source.sqliteQuery), read, sha256 };
}

function toLocation(
  files: Extract<SourceLocation, { kind: 'artifacts' }>['files'],
  query: string | null,
): SourceLocation {
  const location = { kind: 'artifacts', files } as const;
  return query === null ? location : { kind: 'sqlite', file: location, query };
}

async function findFiles({ paths, sqliteQuery }: LocalSource): Promise<readonly FoundFile[]> {
  const found = new Set<string>();
  for (const path of paths) {
    for (const file of await expandPath(path, path)) found.add(file);
  }
  const folder = commonFolder([...found]);
  const files: FoundFile[] = [];
  for (const path of found) {
    if (sqliteQuery !== null) await assertCheckpointed(path, path);
    files.push({ path, name: relative(folder, path), sizeBytes: await readSize(path) });
  }
  return files;
}

async function readSize(path: string): Promise<number> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = describeReadFailure(cause);
    throw new RecetaError('source-not-found', `cannot read the source ${path}: ${reason}`, {
      cause,
    });
  });
  if (!found.isFile()) {
    throw new RecetaError('source-not-found', `cannot read the source ${path}: it is not a file`);
  }
  if (found.size > 0) return found.size;
  throw new RecetaError(
    'source-empty',
    `cannot store ${path}: it is empty (0 bytes); a source has a header and at least one row`,
  );
}

function assertExtent(files: readonly FoundFile[], maxBytes: number): void {
  const sizeBytes = sumBytes(files);
  if (sizeBytes <= maxBytes) return;
  const [first] = files;
  const what = files.length === 1 ? `${first?.path}: it has` : `${describeFiles(files)}: they have`;
  throw new RecetaError(
    'source-too-large',
    `cannot store ${what} ${formatBytes(sizeBytes)}, and at most ${formatBytes(maxBytes)} are taken; ` +
      'make it smaller, or raise RECETA_SOURCE_MAX_BYTES',
  );
}

/** Before anything is sent: a wrong file should not take its time. */
async function assertChecksum(files: readonly FoundFile[], expected: string | null): Promise<void> {
  const [file] = files;
  if (expected === null || file === undefined) return;
  if (files.length > 1) {
    throw new RecetaError(
      'source-checksum-mismatch',
      `the source has ${files.length} files, and the pipeline file wants one sha256; name one file, or leave source.sha256 out`,
    );
  }
  const { sha256 } = await hashFile(file.path);
  if (sha256 === expected.toLowerCase()) return;
  throw new RecetaError(
    'source-checksum-mismatch',
    `${file.path} has the sha256 ${sha256}, and the pipeline file wants ${expected}; ` +
      'get the file it was written for, or correct source.sha256',
  );
}

/** The deepest folder that holds all of them. */
function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => dirname(path).split(sep));
  const [first = [], ...others] = folders;
  const length = first.findIndex((part, index) => others.some((other) => other[index] !== part));
  return first.slice(0, length < 0 ? first.length : length).join(sep) || sep;
}

function describeFiles(files: readonly FoundFile[]): string {
  const [first] = files;
  return files.length === 1 ? basename(first?.path ?? '') : `${files.length} files`;
}

function sumBytes(files: readonly FoundFile[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
