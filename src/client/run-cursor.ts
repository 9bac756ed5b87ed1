import { RecetaError } from '../contract/errors.js';
import { runIndexPrefix } from '../contract/run-keys.js';

/** What follows the prefix in a key of the run index. */
const indexNamePattern = /^\d{14}-[A-Za-z0-9:-]{1,120}$/;

/** Hides the position in a run list, so that callers cannot come to depend on its form. */
export function encodeRunCursor(indexKey: string): string {
  return Buffer.from(indexKey.slice(runIndexPrefix.length), 'utf8').toString('base64url');
}

/**
 * Reads back the key of the run index after which a list goes on.
 *
 * @throws RecetaError `request-invalid` for anything that encodeRunCursor did not make
 */
export function decodeRunCursor(cursor: string): string {
  const name = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!indexNamePattern.test(name)) {
    throw new RecetaError(
      'request-invalid',
      'the cursor is not one that a list of runs returned; start again without a cursor',
      { problems: [{ path: 'cursor', message: 'not a cursor of this list' }] },
    );
  }
  return `${runIndexPrefix}${name}`;
}
