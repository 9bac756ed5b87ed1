import { describe, expect, it } from 'vitest';
import { runIndexKey } from '../contract/run-keys.js';
import { decodeRunCursor, encodeRunCursor } from './run-cursor.js';

describe('run cursors', () => {
  it.each(['penguins-20261123-170812-4f9k2m', 'nightly-2026-11-23T17:00:00Z'])(
    'give back the key of %s',
    (runId) => {
      const key = runIndexKey(runId, Date.UTC(2026, 10, 23));
      expect(decodeRunCursor(encodeRunCursor(key))).toBe(key);
    },
  );

  it.each(['', 'x', '%00', Buffer.from('../../etc').toString('base64url')])(
    'are refused when made up: %j',
    (cursor) => {
      expect(() => decodeRunCursor(cursor)).toThrow(
        expect.objectContaining({ code: 'request-invalid' }),
      );
    },
  );
});
