import { type Problem, RecetaError } from '../../contract/errors.js';
import type { ReadOptions } from '../../contract/pipeline-plan.js';
import { toKey } from './column-names.js';
import { type CsvFile, toNulls } from './csv-file.js';
import { type CsvLayout, readCsvLayout } from './csv-layout.js';
import { type DeclaredType, toDeclaredType } from './declared-type.js';
import type { PlainFile } from './plain-file.js';
import { sourceError } from './source-error.js';
import { parseStrptimePattern, type StrptimePattern } from './strptime-pattern.js';
import type { ShapeRules } from './value-shapes.js';

export interface CsvPlan {
  readonly files: readonly CsvFile[];
  readonly givenTime: StrptimePattern | null;
  readonly notes: readonly string[];
}

/**
 * Finds out how each file is laid out, and holds them to the same columns, in any order.
 *
 * @throws RecetaError `source-empty`, `source-unreadable` naming file and column
 */
export async function planCsvFiles(
  plainFiles: readonly PlainFile[],
  read: ReadOptions,
): Promise<CsvPlan> {
  assertBytes(read);
  const givenTime = read.datetimeFormat === null ? null : parseStrptimePattern(read.datetimeFormat);
  const rules: ShapeRules = { decimal: read.decimal, isGivenTime: givenTime?.matches ?? null };
  const nulls = toNulls(read.nulls);
  const files: CsvFile[] = [];
  for (const plain of plainFiles) {
    const isExport = plain.columns !== null;
    const options = isExport
      ? { ...read, delimiter: ',', quote: '"', header: true, columns: null }
      : read;
    const layout = await readCsvLayout(plain.path, plain.name, options, { shapes: rules, nulls });
    assertSameColumns(files[0], layout, plain.name);
    const declared = declareTypes(layout, plain, read, givenTime);
    files.push({ ...plain, layout, declared, nulls: isExport ? null : nulls, rules });
  }
  const notes = new Set(files.flatMap(({ layout }) => layout.notes));
  return { files, givenTime, notes: [...notes] };
}

function declareTypes(
  layout: CsvLayout,
  plain: PlainFile,
  read: ReadOptions,
  givenTime: StrptimePattern | null,
): readonly (DeclaredType | null)[] {
  assertKnownColumns(read.types, layout.names, plain.name);
  const exported = new Map(plain.columns?.map(({ name, sqlType }) => [toKey(name), sqlType]));
  return layout.names.map((name) => {
    const isExport = plain.columns !== null;
    const given =
      typeOf(read.types, name) ?? (isExport ? (exported.get(toKey(name)) ?? 'VARCHAR') : null);
    // A database writes numbers in one way only.
    const decimal = isExport ? '.' : read.decimal;
    return given === null ? null : toDeclaredType(given, { decimal, givenTime });
  });
}

function assertSameColumns(first: CsvFile | undefined, layout: CsvLayout, name: string): void {
  if (first === undefined) return;
  const problem = findColumnProblem(first.layout.names, layout.names, first.name);
  if (problem !== null) throw sourceError('source-unreadable', name, problem);
}

/** The first column that only one of two files has. */
export function findColumnProblem(
  expected: readonly string[],
  found: readonly string[],
  firstFile: string,
): Problem | null {
  const expectedKeys = new Set(expected.map(toKey));
  const foundKeys = new Set(found.map(toKey));
  const missing = expected.find((column) => !foundKeys.has(toKey(column)));
  if (missing !== undefined) {
    return {
      message: `the column is missing, which ${firstFile} has; all files of a source need the same columns`,
      path: missing,
    };
  }
  const additional = found.find((column) => !expectedKeys.has(toKey(column)));
  if (additional === undefined) return null;
  return {
    message: `${firstFile} does not have this column; all files of a source need the same columns`,
    path: additional,
  };
}

/** A misspelled name in `types` would otherwise do nothing. */
export function assertKnownColumns(
  types: ReadOptions['types'],
  names: readonly string[],
  file: string,
): void {
  const known = new Set(names);
  const unknown = Object.keys(types).find((name) => !known.has(name));
  if (unknown === undefined) return;
  const listed = names
    .slice(0, 20)
    .map((name) => `'${name}'`)
    .join(', ');
  const message = `\`types\` names it, but the file has only ${listed}${names.length > 20 ? ', ...' : ''}`;
  throw sourceError('source-unreadable', file, { message, path: unknown });
}

/** A column may be called like something that every object has. */
function typeOf(types: ReadOptions['types'], name: string): string | undefined {
  return Object.hasOwn(types, name) ? types[name] : undefined;
}

function assertBytes(read: ReadOptions): void {
  for (const key of ['delimiter', 'quote'] as const) {
    const character = read[key];
    if (character === null || character === '' || isAsciiByte(character)) continue;
    const message = `\`${key}\` is '${character}', but only one ASCII character can be read`;
    throw new RecetaError('source-unreadable', `Reading CSV: ${message}.`, {
      problems: [{ message, path: key }],
    });
  }
}

function isAsciiByte(character: string): boolean {
  const code = character.charCodeAt(0);
  return character.length === 1 && code > 0 && code < 0x80;
}
