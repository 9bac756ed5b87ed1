import type { z } from 'zod';
import { describeUnknownKey } from './describe-unknown-key.js';
import { type KeyPath, toDottedPath } from './dotted-path.js';

/** One finding about a pipeline, before it is given a place in a file. */
export interface Finding {
  readonly path: KeyPath;
  readonly message: string;
  /** The place to show is the key itself rather than its value. */
  readonly aboutKey: boolean;
}

type Issue = z.core.$ZodIssue;

/** Turns the issues of the schema into findings; a section is judged as a whole only when its keys are right. */
export function describeIssues(issues: readonly Issue[], root: unknown): Finding[] {
  const details = issues.filter((issue) => issue.code !== 'custom');
  const isRefined = (issue: Issue) =>
    details.some(({ path }) => issue.path.every((key, index) => path[index] === key));
  return issues
    .filter((issue) => issue.code !== 'custom' || issue.path.length === 0 || !isRefined(issue))
    .flatMap((issue) => describeIssue(issue, root));
}

/** Turns one issue of the schema into findings in our own words. */
function describeIssue(issue: Issue, root: unknown): Finding[] {
  const path = toPath(issue);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: describeUnknownKey(path, key),
      aboutKey: true,
    }));
  }
  if (issue.code === 'invalid_key') return [describeBadName(issue.issues, path)];
  if (issue.code === 'invalid_union') {
    const chosen = chooseOption(issue, valueAt(root, path));
    if (chosen !== null) {
      const inner = chosen.map((nested) => ({ ...nested, path: [...issue.path, ...nested.path] }));
      return describeIssues(inner as Issue[], root);
    }
  }
  const isPredicate = issue.code === 'custom' && issue.params?.wanted !== true;
  const place = toDottedPath(path) || 'the pipeline';
  const message = isPredicate
    ? `${place} ${issue.message}`
    : `${place} ${describeState(valueAt(root, path))}, wanted ${issue.message}`;
  return [{ path, message, aboutKey: false }];
}

/** Issues of the alternative that was meant, judged by the kind of value; `null`: none was. */
function chooseOption(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  value: unknown,
): readonly Issue[] | null {
  if (typeof value !== 'object' || value === null) {
    const refined = issue.errors.find((issues) => issues.every(({ code }) => code === 'custom'));
    return refined ?? null;
  }
  return issue.errors.find((issues) => !issues.some(isWrongType)) ?? null;
}

function isWrongType(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union')
    return issue.errors.every((issues) => issues.some(isWrongType));
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
}

function describeBadName(issues: readonly Issue[], path: KeyPath): Finding {
  const [issue] = issues;
  const message = `${toDottedPath(path)} ${issue?.code === 'custom' ? '' : 'is no name here, wanted '}${issue?.message ?? ''}`;
  return { path, message, aboutKey: true };
}

function describeState(value: unknown): string {
  if (value === undefined) return 'is missing';
  if (value === null) return 'is empty';
  if (Array.isArray(value)) return value.length === 0 ? 'is an empty list' : 'is a list';
  if (typeof value === 'object') return 'is a section';
  const text = typeof value === 'string' ? JSON.stringify(hideCredentials(value)) : String(value);
  return `is ${text.length > 80 ? `${text.slice(0, 77)}...` : text}`;
}

/** A URL with a password must not carry it into logs. */
function hideCredentials(text: string): string {
  return text.replace(/:\/\/[^/@]*@/, '://***@');
}

function toPath({ path }: Issue): (string | number)[] {
  return path.filter((key) => typeof key !== 'symbol');
}

function valueAt(root: unknown, path: KeyPath): unknown {
  let value: unknown = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}
