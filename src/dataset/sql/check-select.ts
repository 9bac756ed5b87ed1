import { type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api';
import type { BoundQuery } from './bind-params.js';
import { findForbiddenCall } from './find-forbidden-call.js';
import { findForeignTable } from './find-foreign-table.js';
import { parseSelect } from './parse-select.js';
import { refuseQuery, toQueryError } from './refuse-query.js';
import type { SqlSession } from './session.js';
import { offsetOf, type SqlNode } from './sql-tree.js';
import { toPlace } from './text-place.js';

/** How a query may begin. DuckDB counts more as SELECT, e.g. DESCRIBE and PRAGMA, which only tell of the database. */
const queryWords = new Set(['select', 'with', 'from', 'values', 'table', 'pivot', 'unpivot']);

/**
 * Lets only one SELECT pass, one that reads nothing but tables, names each of its columns once and has its
 * placeholders where values are.
 *
 * @param tables names that it may read, in lower case
 * @returns the query as DuckDB's parser sees it
 * @throws RecetaError `sql-invalid` with the query's name, DuckDB's message and the place in the text
 */
export async function checkSelect(
  session: SqlSession,
  query: BoundQuery,
  tables: ReadonlySet<string>,
): Promise<SqlNode> {
  const { name, sql, toWrittenPlace: place, toWrittenWords: words } = query;
  // The engine's interface takes texts that end at the first NUL.
  if (sql.includes('\0')) throw refuseQuery(name, 'it holds a NUL character');
  const keyword = firstWord(sql);
  if (keyword === null) throw refuseQuery(name, 'it is empty');
  if (!queryWords.has(keyword)) {
    throw refuseQuery(name, `${keyword.toUpperCase()} is no SELECT`);
  }
  await checkPlaceholders(session, query);
  const statements = await session.connection.extractStatements(sql).catch((error: unknown) => {
    throw toQueryError(name, error, { words, place });
  });
  if (statements.count !== 1) throw refuseQuery(name, describeCount(statements.count, sql));
  const parsed = await parseSelect(session, sql);
  const [select] = parsed.ok ? parsed.selects : [];
  if (select === undefined) throw refuseQuery(name, 'it does something else than selecting');
  // Before it is prepared: that runs parts of functions that read files.
  refuseAt(query, findForbiddenCall(select));
  // Before DuckDB, which would propose tables of its own.
  refuseAt(query, findForeignTable(select, tables));
  const statement = await statements.prepare(0).catch((error: unknown) => {
    throw toQueryError(name, error, { words, place });
  });
  try {
    const problem = describeStatement(statement);
    if (problem !== null) throw refuseQuery(name, words(problem));
  } finally {
    statement.destroySync();
  }
  return select;
}

function refuseAt(
  { name, sql, toWrittenPlace }: BoundQuery,
  finding: { readonly node: SqlNode; readonly message: string } | null,
): void {
  if (finding === null) return;
  const offset = offsetOf(finding.node);
  const place = offset === null ? {} : toWrittenPlace(toPlace(sql, offset));
  throw refuseQuery(name, finding.message, place);
}

/** DuckDB's own parser says which placeholders are parameters; the others stand in quotes or comments. */
async function checkPlaceholders(session: SqlSession, query: BoundQuery): Promise<void> {
  const { name, probe, parameters } = query;
  if (parameters.length === 0) return;
  const parsed = await parseSelect(session, probe);
  // A text that is no SELECT is refused for that, with more to say.
  if (!parsed.ok) return;
  const found = new Set(parsed.parameters);
  for (const parameter of parameters) {
    if (found.has(parameter.name)) continue;
    const message =
      `${parameter.placeholder} stands inside a quoted text, a quoted name or a comment; ` +
      `write ${parameter.placeholder} without quotes: it is bound as a value`;
    throw refuseQuery(name, message, parameter.place);
  }
}

function describeStatement(statement: DuckDBPreparedStatement): string | null {
  if (statement.statementType !== StatementType.SELECT)
    return 'it does something else than selecting';
  if (statement.parameterCount > 0) return 'it has parameters, which nobody fills in';
  return describeNames(
    Array.from({ length: statement.columnCount }, (_, index) => statement.columnName(index)),
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

function describeNames(names: readonly string[]): string | null {
  const seen = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    if (name.trim() === '') return `result column ${index + 1} has no name; give it one with AS`;
    const earlier = seen.get(name.toLowerCase());
    if (earlier !== undefined) {
      return `two result columns are called '${earlier}'; rename one with AS`;
    }
    seen.set(name.toLowerCase(), name);
  }
  return null;
}
