import type { ParamValue, QueryPlan } from '../../contract/pipeline-plan.js';
import { type BoundQuery, setVariables } from './bind-params.js';
import { checkSelect } from './check-select.js';
import { completeOrder, isOrdered } from './complete-order.js';
import { findCrossRowLooks, type Relation } from './find-cross-row-looks.js';
import { isFoldable } from './is-foldable.js';
import { mixesRows } from './mixes-rows.js';
import { quoteName, quoteText } from './quote.js';
import { refuseQuery, toQueryError } from './refuse-query.js';
import type { SqlSession } from './session.js';
import type { SqlNode } from './sql-tree.js';
import { toPlace } from './text-place.js';

/** Checked queries, each of which may read the sources and the queries before it. */
export interface QueryChain {
  /** `WITH ...` in front of a SELECT that reads `table`; empty without queries. */
  readonly prefix: string;
  /** Quoted name of the last query, or of the only source. */
  readonly table: string;
  /** Whether the last query gives its rows an order. */
  readonly isOrdered: boolean;
  /** Whether the order of its rows may depend on how much memory there is. */
  readonly mixesRows: boolean;
  /** Of queries in which a row sees other rows. */
  readonly warnings: readonly string[];
  /** Finds the query that fails when it is run; `null`: all of them run. */
  findFailure(): Promise<Error | null>;
}

interface CheckedQuery {
  readonly bound: BoundQuery;
  readonly select: SqlNode;
  readonly columns: number;
}

/**
 * Checks queries in their order and joins them into one statement. In that statement each is a common table expression:
 * DuckDB folds a query into its reader where it is read once or works row by row, and computes any other one only once.
 * The views made here have the same names and let a query be checked before it is run.
 *
 * @param sources names of the tables that exist already
 * @throws RecetaError `sql-invalid` naming the query, with DuckDB's message and the place in its text
 */
export async function createQueryChain(
  session: SqlSession,
  plan: {
    readonly queries: readonly QueryPlan[];
    readonly params: Readonly<Record<string, ParamValue>>;
  },
  sources: readonly string[],
): Promise<QueryChain> {
  const bind = await setVariables(session, plan.params);
  const known = new Set(sources.map((name) => name.toLowerCase()));
  const checked: CheckedQuery[] = [];
  for (const query of plan.queries) {
    if (known.has(query.name.toLowerCase())) {
      throw refuseQuery(query.name, 'a source or another query has that name; rename one of them');
    }
    checked.push(await addQuery(session, bind(query), known));
    known.add(query.name.toLowerCase());
  }
  const last = checked.at(-1);
  const parts = checked.map(({ bound, select }) => toCte(bound.name, bound.sql, select));
  if (last !== undefined) {
    const sql = await completeOrder(session, last.bound.sql, last.select, last.columns);
    parts.splice(-1, 1, toCte(last.bound.name, sql, last.select));
  }
  return {
    prefix: parts.length === 0 ? '' : `WITH ${parts.join(', ')}`,
    table: quoteName(last?.bound.name ?? sources[0] ?? ''),
    isOrdered: last !== undefined && isOrdered(last.select),
    mixesRows: checked.some(({ select }) => mixesRows(select)),
    warnings: await describeLooks(session, checked, sources),
    findFailure: () => findFailure(session, checked),
  };
}

/** `query()` takes one SELECT as a text, so nothing in it can reach beyond its own statement. */
function toCte(name: string, sql: string, select: SqlNode): string {
  const folding = isFoldable(select) ? 'NOT MATERIALIZED ' : '';
  return `${quoteName(name)} AS ${folding}(FROM query(${quoteText(sql)}))`;
}

async function addQuery(
  session: SqlSession,
  bound: BoundQuery,
  tables: ReadonlySet<string>,
): Promise<CheckedQuery> {
  const select = await checkSelect(session, bound, tables);
  const { name, sql } = bound;
  try {
    await session.run(`CREATE VIEW ${quoteName(name)} AS FROM query(${quoteText(sql)})`);
  } catch (error) {
    throw toQueryError(name, error, { words: bound.toWrittenWords });
  }
  const columns = await session.rows(`DESCRIBE ${quoteName(name)}`);
  return { bound, select, columns: columns.length };
}

async function findFailure(
  session: SqlSession,
  checked: readonly CheckedQuery[],
): Promise<Error | null> {
  for (const { bound } of checked) {
    try {
      // A hash of the whole rows needs every value.
      await session.run(`SELECT bit_xor(hash(t)) FROM ${quoteName(bound.name)} AS t`);
    } catch (error) {
      return toQueryError(bound.name, error, { words: bound.toWrittenWords });
    }
  }
  return null;
}

async function describeLooks(
  session: SqlSession,
  checked: readonly CheckedQuery[],
  sources: readonly string[],
): Promise<readonly string[]> {
  if (!checked.some(({ select }) => mixesRows(select))) return [];
  const aggregates = await readAggregates(session);
  const relations = new Map<string, Relation>(
    sources.map((name) => [
      name.toLowerCase(),
      { sources: new Set([name.toLowerCase()]), isGrouped: false },
    ]),
  );
  const warnings: string[] = [];
  for (const { bound, select } of checked) {
    const { looks, relation } = findCrossRowLooks(select, relations, aggregates);
    relations.set(bound.name.toLowerCase(), relation);
    if (looks.length === 0) continue;
    const found = looks.map(({ what, offset }) => {
      if (offset === null) return what;
      return `${what} in line ${bound.toWrittenPlace(toPlace(bound.sql, offset)).line}`;
    });
    warnings.push(
      `query '${bound.name}' looks across rows: ${[...new Set(found)].join(', ')}: statistics over all rows let ` +
        'test rows influence training; leave them to the features, which are fitted on the train part alone ' +
        '(encode: target or frequency), or compute them from rows that are known before the row they are added to',
    );
  }
  return warnings;
}

async function readAggregates(session: SqlSession): Promise<ReadonlySet<string>> {
  const rows = await session.rows<{ name: string }>(
    `SELECT function_name AS name FROM duckdb_functions() GROUP BY ALL
     HAVING bool_or(function_type = 'aggregate') AND NOT bool_or(function_type = 'scalar')`,
  );
  return new Set(rows.map(({ name }) => name));
}
