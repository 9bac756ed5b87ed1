import type { ParamValue, QueryPlan } from '../../contract/pipeline-plan.js';
import { placeholderPattern, readPlaceholder } from '../../contract/placeholders.js';
import { quoteText } from './quote.js';
import { refuseQuery } from './refuse-query.js';
import type { SqlSession } from './session.js';
import { type TextPlace, toOffset, toPlace } from './text-place.js';

/** A query whose placeholders read variables of the session: a value is never part of the text. */
export interface BoundQuery {
  readonly name: string;
  readonly sql: string;
  /**
   * The same query with a parameter of SQL for each placeholder. Where one stands inside a quoted text or a comment,
   * the parser will not see its parameter.
   */
  readonly probe: string;
  readonly parameters: readonly BoundParameter[];
  /** The place in the query as it was written. */
  toWrittenPlace(place: TextPlace): TextPlace;
  /** DuckDB's words with the placeholders as they were written. */
  toWrittenWords(message: string): string;
}

export interface BoundParameter {
  /** In `probe`, without the `$`. */
  readonly name: string;
  readonly placeholder: string;
  readonly place: TextPlace;
}

/**
 * Sets a variable for each parameter of the run.
 *
 * @returns a function that binds the placeholders of a query to them
 */
export async function setVariables(
  session: SqlSession,
  params: Readonly<Record<string, ParamValue>>,
): Promise<(query: QueryPlan) => BoundQuery> {
  const names = Object.keys(params);
  for (const [index, name] of names.entries()) {
    await setVariable(session, toVariable(index), params[name] as ParamValue);
  }
  return (query) => bindQuery(query, names);
}

async function setVariable(session: SqlSession, name: string, value: ParamValue): Promise<void> {
  const statement = await session.connection.prepare(`SET VARIABLE ${name} = $1`);
  try {
    if (typeof value === 'string') statement.bindVarchar(1, value);
    else if (typeof value === 'boolean') statement.bindBoolean(1, value);
    // As DuckDB reads the same number in a statement: dates, for one, add only an INTEGER.
    else if (value === (value | 0)) statement.bindInteger(1, value);
    else if (Number.isSafeInteger(value)) statement.bindBigInt(1, BigInt(value));
    else statement.bindDouble(1, value);
    await statement.run();
  } finally {
    statement.destroySync();
  }
}

/** @throws RecetaError `sql-invalid` for a placeholder that is written wrong or names no parameter of the run */
export function bindQuery(query: QueryPlan, names: readonly string[]): BoundQuery {
  const parameters: BoundParameter[] = [];
  const spans: Span[] = [];
  let sql = '';
  let probe = '';
  let end = 0;
  for (const { 0: placeholder, index } of query.sql.matchAll(placeholderPattern)) {
    const place = toPlace(query.sql, index);
    const variable = toVariable(findParam(query.name, placeholder, place, names));
    const name = `receta_probe_${parameters.length}`;
    const between = query.sql.slice(end, index);
    // Blanks and parentheses keep it apart from whatever stands beside it.
    const bound = ` (getvariable(${quoteText(variable)})) `;
    spans.push({ start: sql.length + between.length, length: bound.length, written: placeholder });
    sql += between + bound;
    probe += `${between} ($${name}) `;
    end = index + placeholder.length;
    parameters.push({ name, placeholder, place });
  }
  sql += query.sql.slice(end);
  probe += query.sql.slice(end);
  return {
    name: query.name,
    sql,
    probe,
    parameters,
    toWrittenPlace: (place) => toPlace(query.sql, toWrittenOffset(spans, toOffset(sql, place))),
    toWrittenWords: (message) =>
      names.reduce(
        (words, name, index) =>
          words.replaceAll(`getvariable('${toVariable(index)}')`, () => `\${params.${name}}`),
        message,
      ),
  };
}

/** A placeholder and what stands for it in the bound text. */
interface Span {
  readonly start: number;
  readonly length: number;
  readonly written: string;
}

function toWrittenOffset(spans: readonly Span[], offset: number): number {
  let shift = 0;
  for (const { start, length, written } of spans) {
    if (offset < start) break;
    if (offset < start + length) return start + shift;
    shift += written.length - length;
  }
  return offset + shift;
}

function findParam(
  query: string,
  placeholder: string,
  place: TextPlace,
  names: readonly string[],
): number {
  const name = readPlaceholder(placeholder);
  if (name === null) {
    throw refuseQuery(query, `${placeholder} is no placeholder; write \${params.name}`, place);
  }
  const index = names.indexOf(name);
  if (index >= 0) return index;
  const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
  throw refuseQuery(query, `the run has no parameter '${name}': ${known}`, place);
}

function toVariable(index: number): string {
  return `receta_param_${index}`;
}
