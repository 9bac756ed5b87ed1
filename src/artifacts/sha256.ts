import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { RecetaError } from '../contract/errors.js';

/** Digest of bytes or of UTF-8 text as lower-case hex. */
export function toSha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Digest and size of a file, read as a stream. */
export async function hashFile(
  path: string,
  signal?: AbortSignal,
): Promise<{ readonly sha256: string; readonly sizeBytes: number }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    signal?.throwIfAborted();
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** @throws RecetaError `artifact-corrupt` when the digests differ */
export function assertSha256(uri: string, expected: string, found: string): void {
  if (found !== expected) {
    throw new RecetaError(
      'artifact-corrupt',
      `Checking ${uri}: expected sha256 ${expected}, found ${found}. The stored bytes were changed; ` +
        'restore the object or run the pipeline again.',
    );
  }
}
