import { distance } from 'fastest-levenshtein';
import type { Problem } from '../contract/errors.js';
import type { ColumnKind, RawRow } from './column-table.js';
import { parseDatetime } from './datetime/parse-datetime.js';
import { describeInputs } from './describe-inputs.js';
import type { RowInputs } from './merge-inputs.js';

/** What a row may hold. */
interface RowShape {
  /** Looked at, in the order of the table. */
  readonly required: readonly { readonly name: string; readonly kind: ColumnKind }[];
  /** Names that may be there, required ones included; their values are not looked at. */
  readonly known: ReadonlySet<string>;
  /** Names of columns that must not be sent. */
  readonly computed: ReadonlySet<string>;
}

interface RowShapes {
  readonly request: RowShape;
  readonly features: RowShape;
}

/**
 * Lists everything in which a row of a prediction request differs from what the program reads; empty when it can be
 * predicted. The target and columns that carry no feature may be there, so that rows of the data set can be sent as
 * they are; their values are not looked at. Derived columns must not be there: they are computed.
 *
 * @param path of the row inside the request, e.g. `instances[3]`; empty for a row of its own
 */
export function findRowProblems(program: RowInputs, row: RawRow, path = ''): Problem[] {
  return findProblems(shapesOf(program).request, row, path);
}

/** The same for a row that holds the derived columns already. */
export function findFeatureProblems(program: RowInputs, row: RawRow, path = ''): Problem[] {
  return findProblems(shapesOf(program).features, row, path);
}

const shapes = new WeakMap<RowInputs, RowShapes>();

function shapesOf(program: RowInputs): RowShapes {
  const found = shapes.get(program);
  if (found !== undefined) return found;
  const inputs = describeInputs(program);
  const computed = new Set(program.derived.map(({ name }) => name));
  const known = new Set([...inputs.map(({ name }) => name), program.target.name]);
  const fresh: RowShapes = {
    request: { required: inputs.filter(({ required }) => required), known, computed },
    features: {
      required: program.columns.map(({ name, column }) => ({ name, kind: column })),
      known: new Set([...known, ...computed]),
      computed: new Set(),
    },
  };
  shapes.set(program, fresh);
  return fresh;
}

function findProblems(shape: RowShape, row: RawRow, path: string): Problem[] {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    return [toProblem(path, 'must be an object of column values, e.g. {"age": 31}')];
  }
  const problems: Problem[] = [];
  let expected = 0;
  for (const { name, kind } of shape.required) {
    if (!Object.hasOwn(row, name)) {
      problems.push(toProblem(join(path, name), 'is missing; send null when it is not known'));
      continue;
    }
    expected += 1;
    const mismatch = describeMismatch(kind, row[name]);
    if (mismatch !== null) problems.push(toProblem(join(path, name), mismatch));
  }
  const names = Object.keys(row);
  if (names.length > expected) problems.push(...findUnknown(shape, names, path));
  return problems;
}

function findUnknown(shape: RowShape, names: readonly string[], path: string): Problem[] {
  const used = shape.required.map(({ name }) => name);
  return names
    .filter((name) => !shape.known.has(name))
    .map((name) => {
      if (shape.computed.has(name)) {
        return toProblem(join(path, name), 'is computed, leave it out');
      }
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
  if (value === null || accepts[kind](value)) return null;
  return `must be ${expected[kind]} or null, but is ${describeValue(value)}`;
}

const accepts: Readonly<Record<ColumnKind, (value: unknown) => boolean>> = {
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  datetime: (value) => typeof value === 'string' && parseDatetime(value) !== null,
  text: (value) => typeof value === 'string',
};

const expected: Readonly<Record<ColumnKind, string>> = {
  number: 'a number',
  boolean: 'true, false',
  datetime: 'a time like "2026-11-23T17:08:12Z"',
  text: 'a text',
};

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
