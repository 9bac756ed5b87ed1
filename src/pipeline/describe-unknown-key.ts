import { type KeyPath, toDottedPath } from './dotted-path.js';
import { type KnownKey, knownKeysAt, listKeys } from './known-keys.js';
import { suggestKey } from './suggest-key.js';

/** Says that there is no such key, and which one may be meant: one beside it, or one of that name elsewhere. */
export function describeUnknownKey(parent: KeyPath, key: string): string {
  const place = toDottedPath([...parent, key]);
  const known = knownKeysAt(parent);
  const all = listKeys();
  const meant = suggestKey(key, [...known, ...all.map((candidate) => candidate.key)]);
  if (meant === null) return `${place} is not a known key; known here are ${known.join(', ')}`;
  const near = known.includes(meant)
    ? [toDottedPath([...parent, meant])]
    : nearest(all.filter((candidate) => candidate.key === meant));
  return `${place} is not a known key; did you mean ${near.join(' or ')}?`;
}

/** Paths of the keys in the fewest sections. */
function nearest(keys: readonly KnownKey[]): readonly string[] {
  const depth = Math.min(...keys.map((key) => key.depth));
  return keys.filter((key) => key.depth === depth).map(({ path }) => path);
}
