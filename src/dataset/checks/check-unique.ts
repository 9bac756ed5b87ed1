import type { ColumnExpectation } from '../../contract/pipeline-plan.js';
import type { CheckSubject, CompiledCheck } from './compiled-check.js';

/** No value comes twice; the first row of a value is not at fault. */
export function compileUnique(
  { name, sql }: CheckSubject,
  { unique, onFail, sensitive }: ColumnExpectation,
): CompiledCheck | null {
  if (!unique) return null;
  return {
    name: `${name}: unique`,
    column: name,
    onFail,
    sensitive,
    limit: 'unique',
    aggregates: [
      `count(${sql})::DOUBLE`,
      `(SELECT count(*)::DOUBLE FROM (SELECT DISTINCT ${sql} FROM source WHERE ${sql} IS NOT NULL))`,
    ],
    rowFault: `r IN (SELECT r FROM (SELECT r, row_number() OVER (PARTITION BY ${sql} ORDER BY r) AS place
      FROM source WHERE ${sql} IS NOT NULL) WHERE place > 1)`,
    judge: ([filled, distinct]) => {
      const affectedRows = Number(filled) - Number(distinct);
      return {
        passed: affectedRows === 0,
        observed:
          affectedRows === 0
            ? 'unique'
            : `${Number(distinct)} different values in ${Number(filled)} rows`,
        affectedRows,
        finding: `${affectedRows} values repeat an earlier one; drop the repeats in the transform, or remove validate.columns.${name}.unique`,
      };
    },
  };
}
