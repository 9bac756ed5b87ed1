import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { RecetaError } from '../../contract/errors.js';

/**
 * Reads a whole file from disk: what is described is what is there.
 *
 * @param name for messages
 * @throws RecetaError `source-empty`; the signal's reason
 */
export async function measureFile(
  path: string,
  name: string,
  signal: AbortSignal,
): Promise<{ readonly sha256: string; readonly sizeBytes: number }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of createReadStream(path, {
    highWaterMark: 1 << 20,
  }) as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  if (sizeBytes > 0) return { sha256: hash.digest('hex'), sizeBytes };
  throw new RecetaError('source-empty', `Reading the source ${name}: it is empty (0 bytes).`);
}
