import { type Problem, RecetaError } from '../../contract/errors.js';
import { toSqlError } from './sql-error.js';
import type { TextPlace } from './text-place.js';

/** Name of the only query of a pipeline that gives it none. */
const unnamedQuery = 'result';

/** The error for a query that cannot be run, with its name and the place in its text. */
export function refuseQuery(
  query: string,
  found: string,
  place: Partial<TextPlace> = {},
  cause?: unknown,
): RecetaError {
  const path = query === unnamedQuery ? 'transform' : `transform.${query}`;
  const problem: Problem = { message: found, path, ...place };
  const { line, column } = place;
  const where =
    line === undefined
      ? ''
      : column === undefined
        ? ` (line ${line})`
        : ` (line ${line}, column ${column})`;
  return new RecetaError(
    'sql-invalid',
    `The query '${query}' was refused${where}; it must be one valid SELECT over the sources and the queries before it: ${found}`,
    { cause, problems: [problem] },
  );
}

/**
 * Renames DuckDB's refusal of a query; its own limits and defects stay what they are.
 *
 * @param written turns DuckDB's words and places into those of the query as it was written; without `place` the error
 *   names none, because the failed statement was not the query's own text
 */
export function toQueryError(
  query: string,
  thrown: unknown,
  written: {
    readonly words: (message: string) => string;
    readonly place?: (place: TextPlace) => TextPlace;
  },
): RecetaError {
  const error = toSqlError(thrown);
  if (error.code !== 'sql-invalid') return error;
  const { message, line, column } = error.problems[0] ?? { message: error.message };
  const words = written.words(message);
  if (written.place === undefined || line === undefined)
    return refuseQuery(query, words, {}, error);
  const place = written.place({ line, column: column ?? 1 });
  return refuseQuery(query, words, column === undefined ? { line: place.line } : place, error);
}
