import type { ColumnExpectation, OnFail } from '../../contract/pipeline-plan.js';
import type { CheckSubject, CompiledCheck } from './compiled-check.js';
import { describeFraction } from './describe-fraction.js';

/** The rarest class makes up at least the given share of the known values. */
export function compileClassFraction(
  { name, sql }: CheckSubject,
  { minClassFraction, onFail, sensitive }: ColumnExpectation,
): CompiledCheck | null {
  if (minClassFraction === null) return null;
  const counted = `(SELECT ${sql}::VARCHAR AS label, count(*)::DOUBLE AS n FROM source WHERE ${sql} IS NOT NULL GROUP BY 1)`;
  return {
    name: `${name}: class balance`,
    column: name,
    onFail: toTableOnFail(onFail),
    sensitive,
    limit: minClassFraction,
    aggregates: [
      `count(${sql})::DOUBLE`,
      `(SELECT min(n) FROM ${counted})`,
      `(SELECT left(label, 100) FROM ${counted} ORDER BY n, label LIMIT 1)`,
    ],
    rowFault: null,
    judge: ([filled, rarest, label]) => {
      const affectedRows = Number(rarest ?? 0);
      const observed = rarest == null ? 0 : affectedRows / Number(filled);
      const which = sensitive || label == null ? 'the rarest class' : `class '${String(label)}'`;
      return {
        passed: observed >= minClassFraction,
        observed,
        affectedRows,
        finding:
          `${which} makes up ${describeFraction(observed)} of ${Number(filled)} rows, less than ` +
          `${describeFraction(minClassFraction)}; add rows of it, or lower validate.columns.${name}.minClassFraction`,
      };
    },
  };
}

/** A table as a whole cannot be set aside. */
export function toTableOnFail(onFail: OnFail): OnFail {
  return onFail === 'quarantine' ? 'stop' : onFail;
}
