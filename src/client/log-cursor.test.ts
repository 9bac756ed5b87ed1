import { describe, expect, it } from 'vitest';
import type { ObjectInfo } from '../artifacts/object-store.js';
import { advance, decodeLogCursor, encodeLogCursor, logStart, selectUnread } from './log-cursor.js';

function object(key: string, modifiedAtMs: number): ObjectInfo {
  return { key, modifiedAtMs, sizeBytes: 1, etag: 'x' };
}

describe('positions in a log', () => {
  it('order objects by the time at which they were stored, whatever their keys', () => {
    const objects = [object('b', 10_000), object('a', 20_000), object('c', 5_000)];
    expect(selectUnread(objects, logStart).map(({ key }) => key)).toEqual(['c', 'b', 'a']);
  });

  it('leave out what was read and find what became visible late', () => {
    const early = object('late', 9_990);
    const read = [object('first', 1_000), object('second', 10_000)];
    const position = advance(logStart, read, read);
    const unread = selectUnread([...read, early], position);
    expect(unread.map(({ key }) => key)).toEqual(['late']);
    const next = advance(position, [...read, early], unread);
    expect(selectUnread([...read, early], next)).toEqual([]);
  });

  it('survive being encoded', () => {
    const read = [object('first', 1_000), object('second', 10_000)];
    const position = advance(logStart, read, read);
    expect(decodeLogCursor(encodeLogCursor(position))).toEqual(position);
  });

  it.each(['', 'abc', Buffer.from('12.zz').toString('base64url')])(
    'are refused when made up: %j',
    (cursor) => {
      expect(() => decodeLogCursor(cursor)).toThrow(
        expect.objectContaining({ code: 'request-invalid' }),
      );
    },
  );
});
