import type { ColumnExpectation } from '../../contract/pipeline-plan.js';
import { type CheckSubject, type CompiledCheck, countWhere } from './compiled-check.js';
import { toTextLiteral } from './sql-literal.js';

/** Every value as text matches the RE2 pattern from its first to its last character. */
export function compilePattern(
  { name, sql }: CheckSubject,
  { pattern, onFail, sensitive }: ColumnExpectation,
): CompiledCheck | null {
  if (pattern === null) return null;
  const fault = `(${sql} IS NOT NULL AND NOT ${matches(`${sql}::VARCHAR`, pattern)})`;
  return {
    name: `${name}: pattern`,
    column: name,
    onFail,
    sensitive,
    limit: pattern,
    aggregates: [countWhere(fault), `left(min(${sql}::VARCHAR) FILTER (WHERE ${fault}), 100)`],
    rowFault: fault,
    judge: ([count, example]) => {
      const affectedRows = Number(count);
      const shown = sensitive || example == null ? '' : `, e.g. '${String(example)}'`;
      return {
        passed: affectedRows === 0,
        observed: affectedRows,
        affectedRows,
        finding: `${affectedRows} values do not match ${pattern}${shown}; correct them, or validate.columns.${name}.pattern`,
      };
    },
  };
}

/** SQL condition that the whole text matches. */
export function matches(text: string, pattern: string): string {
  return `regexp_full_match(${text}, ${toTextLiteral(pattern)})`;
}
