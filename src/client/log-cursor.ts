import { createHash } from 'node:crypto';
import type { ObjectInfo } from '../artifacts/object-store.js';
import { RecetaError } from '../contract/errors.js';

/**
 * Objects written at the same moment may become visible in either order, so this much of the past is looked at
 * again, and what was read of it is remembered.
 */
const overlapMs = 2_000;

/** Where a reader of a log has come to, by the clock of the store. */
export interface LogPosition {
  readonly newestMs: number;
  /** Digests of the keys that were read within the overlap. */
  readonly recent: ReadonlySet<string>;
}

export const logStart: LogPosition = { newestMs: 0, recent: new Set() };

/** Log objects that come after a position, in the order in which they were stored. */
export function selectUnread(
  objects: readonly ObjectInfo[],
  position: LogPosition,
): readonly ObjectInfo[] {
  return objects
    .filter(({ modifiedAtMs }) => modifiedAtMs >= position.newestMs - overlapMs)
    .filter(({ key }) => !position.recent.has(toDigest(key)))
    .sort((a, b) => a.modifiedAtMs - b.modifiedAtMs || (a.key < b.key ? -1 : 1));
}

/** The position after the objects `read` too. */
export function advance(
  position: LogPosition,
  objects: readonly ObjectInfo[],
  read: readonly ObjectInfo[],
): LogPosition {
  const newestMs = Math.max(position.newestMs, ...read.map(({ modifiedAtMs }) => modifiedAtMs));
  const readKeys = new Set(read.map(({ key }) => key));
  const recent = objects
    .filter(({ modifiedAtMs }) => modifiedAtMs >= newestMs - overlapMs)
    .filter(({ key }) => readKeys.has(key) || position.recent.has(toDigest(key)))
    .map(({ key }) => toDigest(key));
  return { newestMs, recent: new Set(recent) };
}

export function encodeLogCursor(position: LogPosition): string {
  const text = [position.newestMs, ...position.recent].join('.');
  return Buffer.from(text, 'utf8').toString('base64url');
}

/** @throws RecetaError `request-invalid` for anything that encodeLogCursor did not make */
export function decodeLogCursor(cursor: string): LogPosition {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^\d{1,14}(?:\.[0-9a-f]{12})*$/.test(text)) {
    throw new RecetaError(
      'request-invalid',
      'the position in the log is not one that reading it returned; start again without one',
      { problems: [{ path: 'after', message: 'not a position of this log' }] },
    );
  }
  const [newestMs, ...recent] = text.split('.');
  return { newestMs: Number(newestMs), recent: new Set(recent) };
}

function toDigest(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12);
}
