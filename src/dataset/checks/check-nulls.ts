import type { ColumnExpectation } from '../../contract/pipeline-plan.js';
import { type CheckSubject, type CompiledCheck, countWhere } from './compiled-check.js';
import { describeFraction } from './describe-fraction.js';

/** No more than the given share of the values is missing. */
export function compileNulls(
  { name, sql, rows }: CheckSubject,
  { maxNullFraction, onFail, sensitive }: ColumnExpectation,
): CompiledCheck | null {
  if (maxNullFraction === null) return null;
  const fault = `(${sql} IS NULL)`;
  return {
    name: `${name}: nulls`,
    column: name,
    onFail,
    sensitive,
    limit: maxNullFraction,
    aggregates: [countWhere(fault)],
    rowFault: fault,
    judge: ([count]) => {
      const affectedRows = Number(count);
      const observed = rows === 0 ? 0 : affectedRows / rows;
      return {
        passed: observed <= maxNullFraction,
        observed,
        affectedRows,
        finding:
          `${affectedRows} of ${rows} values are missing (${describeFraction(observed)}), more than ` +
          `${describeFraction(maxNullFraction)}; fill them in, or raise validate.columns.${name}.nulls`,
      };
    },
  };
}
