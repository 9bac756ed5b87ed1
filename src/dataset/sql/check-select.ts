import { StatementType } from '@duckdb/node-api';
import { type Problem, RecetaError } from '../../contract/errors.js';
import type { SqlSession } from './session.js';
import { toSqlError } from './sql-error.js';

/** How a query may begin. DuckDB counts more as SELECT, e.g. DESCRIBE and PRAGMA, which only tell of the database. */
const queryWords = new Set(['select', 'with', 'from', 'values', 'table', 'pivot', 'unpivot']);

/**
 * Lets only one SELECT pass, one that names each of its columns once.
 *
 * @throws RecetaError `sql-invalid` with DuckDB's message and the place in the statement
 */
export async function checkSelect(session: SqlSession, sql: string): Promise<void> {
  const keyword = firstWord(sql);
  if (keyword === null) throw refuse('it is empty');
  if (!queryWords.has(keyword)) throw refuse(`${keyword.toUpperCase()} is no SELECT`);
  const statements = await session.connection.extractStatements(sql).catch((error: unknown) => {
    throw toTransformError(error);
  });
  if (statements.count !== 1) throw refuse(describeCount(statements.count, sql));
  const statement = await statements.prepare(0).catch((error: unknown) => {
    throw toTransformError(error);
  });
  try {
    if (statement.statementType !== StatementType.SELECT) {
      throw refuse('it changes data instead of selecting it');
    }
    if (statement.parameterCount > 0) throw refuse('it has parameters, which nobody fills in');
    const names = Array.from({ length: statement.columnCount }, (_, index) =>
      statement.columnName(index),
    );
    assertDistinctNames(names);
  } finally {
    statement.destroySync();
  }
}

/** Renames DuckDB's refusal of the user's statement; its own limits and defects stay what they are. */
export function toTransformError(thrown: unknown, options = { withPlace: true }): RecetaError {
  const error = toSqlError(thrown);
  if (error.code !== 'sql-invalid') return error;
  const { message, line, column } = error.problems[0] ?? { message: error.message };
  const place = line === undefined ? {} : column === undefined ? { line } : { line, column };
  return refuse(message, options.withPlace ? place : {}, thrown);
}

function refuse(
  found: string,
  place: { readonly line?: number; readonly column?: number } = {},
  cause?: unknown,
): RecetaError {
  const problem: Problem = { message: found, path: 'transform', ...place };
  const where = place.line === undefined ? '' : ` (line ${place.line})`;
  return new RecetaError(
    'sql-invalid',
    `The transform was refused${where}, as it must be one valid SELECT over the table source: ${found}`,
    { cause, problems: [problem] },
  );
}

function firstWord(sql: string): string | null {
  const word = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|[(;])*([a-z_]\w*)/i.exec(sql)?.[1];
  return word === undefined ? null : word.toLowerCase();
}

function describeCount(count: number, sql: string): string {
  if (/\bpivot\b/i.test(sql)) {
    return 'a PIVOT without a list of values is more than one statement; name the values with IN (...)';
  }
  return `it holds ${count} statements`;
}

function assertDistinctNames(names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    if (name.trim() === '')
      throw refuse(`result column ${index + 1} has no name; give it one with AS`);
    const earlier = seen.get(name.toLowerCase());
    if (earlier !== undefined) {
      throw refuse(`two result columns are called '${earlier}'; rename one with AS`);
    }
    seen.set(name.toLowerCase(), name);
  }
}
