import { distance } from 'fastest-levenshtein';
import type { Problem } from '../contract/errors.js';
import type { ColumnKind, RawRow } from './column-table.js';
import type { FeatureProgram } from './feature-program.js';
import { parseDatetime } from './parse-datetime.js';

/**
 * Lists everything in which a row differs from what the program reads; empty when it can be applied.
 * The target and columns that carry no feature may be there, so that rows of the data set can be sent as
 * they are; their values are not looked at.
 *
 * @param path of the row inside the request, e.g. `instances[3]`; empty for a row of its own
 */
export function findRowProblems(program: FeatureProgram, row: RawRow, path = ''): Problem[] {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    return [toProblem(path, 'must be an object of column values, e.g. {"age": 31}')];
  }
  const problems: Problem[] = [];
  let expected = 0;
  for (const { name, kind } of program.columns) {
    if (!Object.hasOwn(row, name)) {
      problems.push(toProblem(join(path, name), 'is missing; send null when it is not known'));
      continue;
    }
    expected += 1;
    const mismatch = describeMismatch(kind, row[name]);
    if (mismatch !== null) problems.push(toProblem(join(path, name), mismatch));
  }
  const names = Object.keys(row);
  if (names.length > expected) problems.push(...findUnknown(program, names, path));
  return problems;
}

function findUnknown(program: FeatureProgram, names: readonly string[], path: string): Problem[] {
  const used = program.columns.map((column) => column.name);
  const known = new Set([...used, ...program.unused.map(({ name }) => name), program.target.name]);
  return names
    .filter((name) => !known.has(name))
    .map((name) => {
      const nearest = nearestName(name, used);
      const hint = nearest === null ? `known are ${used.join(', ')}` : `did you mean ${nearest}?`;
      return toProblem(join(path, name), `is not a column of this model; ${hint}`);
    });
}

/** The known name that differs least, unless it differs in more than a third of its letters. */
function nearestName(name: string, known: readonly string[]): string | null {
  const ranked = known
    .map((candidate) => ({
      candidate,
      edits: distance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ candidate, edits }) => edits <= Math.max(1, candidate.length / 3))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.candidate ?? null;
}

function describeMismatch(kind: ColumnKind, value: unknown): string | null {
  if (value === null) return null;
  const found = `but is ${describeValue(value)}`;
  switch (kind) {
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value)) return null;
      return `must be a number or null, ${found}`;
    case 'boolean':
      return typeof value === 'boolean' ? null : `must be true, false or null, ${found}`;
    case 'datetime':
      if (typeof value === 'string' && parseDatetime(value) !== null) return null;
      return `must be a time like "2026-11-23T17:08:12Z" or null, ${found}`;
    case 'text':
      return typeof value === 'string' ? null : `must be a text or null, ${found}`;
  }
}

const shownLetters = 40;

function describeValue(value: unknown): string {
  if (typeof value === 'string') {
    const shown = value.length > shownLetters ? `${value.slice(0, shownLetters)}…` : value;
    return `the text ${JSON.stringify(shown)}`;
  }
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `the ${typeof value} ${String(value)}`;
}

function toProblem(path: string, finding: string): Problem {
  return { path, message: `${path === '' ? 'the row' : path} ${finding}` };
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
