import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface WriteOptions {
  /** Called with the digest before the file gets its name; a throw leaves no file. */
  readonly checkSha256?: (sha256: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes chunks to a temporary file in the same folder, flushes it to disk and renames it, so that `path` holds
 * either what it held before or the whole content.
 */
export async function writeFileAtomically(
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: WriteOptions = {},
): Promise<void> {
  const temporaryPath = `${path}.${randomUUID()}.partial`;
  const file = await open(temporaryPath, 'wx');
  try {
    const hash = createHash('sha256');
    try {
      for await (const chunk of chunks) {
        options.signal?.throwIfAborted();
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    options.checkSha256?.(hash.digest('hex'));
    await rename(temporaryPath, path);
  } catch (error) {
    await rm(temporaryPath, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
