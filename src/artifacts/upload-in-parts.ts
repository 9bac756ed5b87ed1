import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { RecetaError } from '../contract/errors.js';
import { assertSha256 } from './sha256.js';

/** The four calls of an S3 multipart upload to one key. */
export interface PartUploads {
  initiate(): Promise<string>;
  uploadPart(uploadId: string, part: number, body: Buffer): Promise<string>;
  complete(uploadId: string, parts: readonly { part: number; etag: string }[]): Promise<void>;
  abort(uploadId: string): Promise<void>;
}

export interface PartedFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly partBytes: number;
  readonly sha256?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const maxParts = 10_000;

/**
 * Uploads an open file part by part under an upload id of its own, holding one part in memory. The object becomes
 * visible with the last call; on any error or abort the upload is aborted and nothing is left.
 */
export async function uploadInParts(
  file: FileHandle,
  source: PartedFile,
  uploads: PartUploads,
): Promise<void> {
  const partBytes = Math.max(source.partBytes, Math.ceil(source.sizeBytes / maxParts));
  const hash = createHash('sha256');
  const parts: { part: number; etag: string }[] = [];
  const uploadId = await uploads.initiate();
  try {
    for (let offset = 0; offset < source.sizeBytes; offset += partBytes) {
      source.signal?.throwIfAborted();
      const length = Math.min(partBytes, source.sizeBytes - offset);
      const body = await readFully(file, source.path, offset, length);
      hash.update(body);
      const part = parts.length + 1;
      parts.push({ part, etag: await uploads.uploadPart(uploadId, part, body) });
    }
    if (source.sha256 !== undefined) assertSha256(source.path, source.sha256, hash.digest('hex'));
    source.signal?.throwIfAborted();
    await uploads.complete(uploadId, parts);
  } catch (error) {
    // The first error tells the reason; parts that could not be removed are invisible and cost only space.
    await uploads.abort(uploadId).catch(() => undefined);
    throw error;
  }
}

/** @throws RecetaError `internal` when the file ends before `offset + length` */
export async function readFully(
  file: FileHandle,
  path: string,
  offset: number,
  length: number,
): Promise<Buffer> {
  const body = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(body, filled, length - filled, offset + filled);
    if (bytesRead === 0) {
      throw new RecetaError(
        'internal',
        `Uploading ${path}: the file became shorter while it was read. Write it whole before it is uploaded.`,
      );
    }
    filled += bytesRead;
  }
  return body;
}
