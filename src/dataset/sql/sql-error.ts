import { type Problem, RecetaError } from '../../contract/errors.js';

/**
 * Translates an error of DuckDB: `memory-limit-exceeded` when it ran out of its memory, `internal` for its own
 * defects, else `sql-invalid` with its message and, where it names one, the place in the statement.
 */
export function toSqlError(thrown: unknown): RecetaError {
  if (thrown instanceof RecetaError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  if (text.includes("'max_temp_directory_size'")) {
    return new RecetaError(
      'memory-limit-exceeded',
      `The SQL engine needed more space for data that does not fit into memory than its limit allows (${firstLine(text)}). ` +
        'Select fewer columns or rows, or raise the limit RECETA_SQL_MEMORY_BYTES or RECETA_SQL_TEMP_BYTES.',
      { cause: thrown },
    );
  }
  if (text.startsWith('Out of Memory Error')) {
    return new RecetaError(
      'memory-limit-exceeded',
      `The SQL engine needed more memory than its limit allows (${firstLine(text)}). ` +
        'Select fewer columns or rows, or raise the limit RECETA_SQL_MEMORY_BYTES.',
      { cause: thrown },
    );
  }
  if (/^(INTERNAL|FATAL) Error/.test(text)) {
    return new RecetaError('internal', `The SQL engine failed: ${firstLine(text)}`, {
      cause: thrown,
    });
  }
  const problem = parseSqlProblem(text);
  return new RecetaError('sql-invalid', `The SQL engine refused a statement: ${problem.message}`, {
    cause: thrown,
    problems: [problem],
  });
}

/**
 * Takes DuckDB's error text apart. It ends with an excerpt of one line of the statement and a caret below the place:
 * `LINE 2: , bar(a)` / `          ^`. Long lines are cut on the left with `...`; then only the line is known.
 */
export function parseSqlProblem(text: string): Problem {
  const excerpt = /\n\s*LINE (\d+): (.*)\n( *)\^/.exec(text);
  const message = (excerpt === null ? text : text.slice(0, excerpt.index))
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
  if (excerpt === null) return { message };
  const [, line = '', quoted = '', indent = ''] = excerpt;
  const column = indent.length - `LINE ${line}: `.length + 1;
  return quoted.startsWith('...') || column < 1
    ? { message, line: Number(line) }
    : { message, line: Number(line), column };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
