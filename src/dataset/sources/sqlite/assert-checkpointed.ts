import { stat } from 'node:fs/promises';
import { RecetaError } from '../../../contract/errors.js';

/**
 * Refuses a SQLite file whose last changes are still in the write-ahead log beside it: read alone it would be old.
 *
 * @throws RecetaError `source-unreadable`
 */
export async function assertCheckpointed(path: string, name: string): Promise<void> {
  const log = await stat(`${path}-wal`).catch(() => null);
  if (log === null || log.size === 0) return;
  throw new RecetaError(
    'source-unreadable',
    `Reading ${name}: ${log.size} bytes of changes are still in its write-ahead log. ` +
      'Close the program that writes it, or run PRAGMA wal_checkpoint(TRUNCATE) in it.',
  );
}
