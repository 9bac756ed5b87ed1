import type { z } from 'zod';
import { type KeyPath, knownKeysAt, listKeys } from './known-keys.js';
import { suggestKey } from './suggest-key.js';

/** One finding about a pipeline, before it is given a place in a file. */
export interface Finding {
  readonly path: KeyPath;
  readonly message: string;
  /** The place to show is the key itself rather than its value. */
  readonly aboutKey: boolean;
}

/** Turns the issues of the schema into findings; a section is judged as a whole only when its keys are right. */
export function describeIssues(issues: readonly z.core.$ZodIssue[], root: unknown): Finding[] {
  const details = issues.filter((issue) => issue.code !== 'custom');
  const isRefined = (issue: z.core.$ZodIssue) =>
    details.some(({ path }) => issue.path.every((key, index) => path[index] === key));
  return issues
    .filter((issue) => issue.code !== 'custom' || !isRefined(issue))
    .flatMap((issue) => describeIssue(issue, root));
}

/** Turns one issue of the schema into findings in our own words. */
function describeIssue(issue: z.core.$ZodIssue, root: unknown): Finding[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: describeUnknownKey(path, key),
      aboutKey: true,
    }));
  }
  if (issue.code === 'invalid_union') {
    const options = issue.errors.filter((issues) => !issues.every(isWrongType));
    const [chosen] = options;
    if (chosen !== undefined) {
      const inner = chosen.map((nested) => ({ ...nested, path: [...issue.path, ...nested.path] }));
      return describeIssues(inner as z.core.$ZodIssue[], root);
    }
  }
  const isPredicate = issue.code === 'custom' && issue.params?.wanted !== true;
  const place = toDottedPath(path) || 'the pipeline';
  const message = isPredicate
    ? `${place} ${issue.message}`
    : `${place} ${describeState(valueAt(root, path))}, wanted ${issue.message}`;
  return [{ path, message, aboutKey: false }];
}

function describeState(value: unknown): string {
  if (value === undefined) return 'is missing';
  if (value === null) return 'is empty';
  if (Array.isArray(value)) return 'is a list';
  if (typeof value === 'object') return 'is a section';
  const text = typeof value === 'string' ? JSON.stringify(hideCredentials(value)) : String(value);
  return `is ${text.length > 80 ? `${text.slice(0, 77)}...` : text}`;
}

/** A URL with a password must not carry it into logs. */
function hideCredentials(text: string): string {
  return text.replace(/:\/\/[^/@]*@/, '://***@');
}

function describeUnknownKey(parent: KeyPath, key: string): string {
  const place = toDottedPath([...parent, key]);
  const known = knownKeysAt(parent);
  const siblings = known.map((name) => ({ key: name, path: toDottedPath([...parent, name]) }));
  const candidates = [...siblings, ...listKeys()];
  const meant = suggestKey(
    key,
    candidates.map((candidate) => candidate.key),
  );
  if (meant === null) return `${place} is not a known key; known here are ${known.join(', ')}`;
  const near = (known.includes(meant) ? siblings : candidates).filter(
    (candidate) => candidate.key === meant,
  );
  return `${place} is not a known key; did you mean ${near.map(({ path }) => path).join(' or ')}?`;
}

function isWrongType(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.path.length === 0;
}

/** Writes a path as people do: `gates.rmse.max`, `ignore[2]`. */
export function toDottedPath(path: KeyPath): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
}

function valueAt(root: unknown, path: KeyPath): unknown {
  let value: unknown = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}
