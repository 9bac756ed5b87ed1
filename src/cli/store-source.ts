import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { RecetaError } from '../contract/errors.js';
import type { SourcePlan } from '../contract/pipeline-plan.js';
import type { LocalFileSource } from '../pipeline/resolve-source.js';
import type { Connection } from './cli-dependencies.js';
import { formatBytes } from './render/format-bytes.js';
import { formatDuration } from './render/format-duration.js';

interface StoreSourceOptions {
  readonly connection: Pick<Connection, 'client' | 'limits'>;
  readonly nowMs: () => number;
  readonly note: (lines: readonly string[]) => void;
}

/**
 * Streams a local file into the store, so that workers anywhere can read it.
 *
 * @throws RecetaError `source-not-found`, `source-empty`, `source-too-large`, `source-checksum-mismatch`, `store-unavailable`
 */
export async function storeSource(
  source: LocalFileSource,
  { connection, nowMs, note }: StoreSourceOptions,
): Promise<SourcePlan> {
  const name = basename(source.path);
  const sizeBytes = await readSize(source.path);
  if (sizeBytes === 0) {
    throw new RecetaError(
      'source-empty',
      `cannot store ${source.path}: it is empty (0 bytes); a source has a header and at least one row`,
    );
  }
  const maxBytes = connection.limits.sourceMaxBytes;
  if (sizeBytes > maxBytes) {
    throw new RecetaError(
      'source-too-large',
      `cannot store ${source.path}: it has ${formatBytes(sizeBytes)}, and at most ${formatBytes(maxBytes)} are taken; ` +
        'make it smaller, or raise RECETA_SOURCE_MAX_BYTES',
    );
  }
  note([`storing ${name}, ${formatBytes(sizeBytes)}`]);
  const startedAtMs = nowMs();
  const artifact = await connection.client.putSource(source.path, toMediaType(name));
  if (source.sha256 !== null && source.sha256 !== artifact.sha256) {
    throw new RecetaError(
      'source-checksum-mismatch',
      `${source.path} has the sha256 ${artifact.sha256}, and the pipeline file wants ${source.sha256}; ` +
        'get the file it was written for, or correct source.sha256',
    );
  }
  const duration = formatDuration(nowMs() - startedAtMs);
  note([`stored ${name} in ${duration}, sha256 ${artifact.sha256.slice(0, 12)}`]);
  return { kind: 'artifact', name, artifact };
}

async function readSize(path: string): Promise<number> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : String(cause.code);
    throw new RecetaError(
      'source-not-found',
      `cannot read the source ${path}: ${reason}; paths are meant from where the pipeline file lies`,
      { cause },
    );
  });
  if (found.isFile()) return found.size;
  throw new RecetaError('source-not-found', `cannot read the source ${path}: it is not a file`);
}

function toMediaType(name: string): string {
  return name.endsWith('.gz') ? 'application/gzip' : 'text/csv';
}
