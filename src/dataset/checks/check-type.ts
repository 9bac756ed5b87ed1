import type { ColumnExpectation } from '../../contract/pipeline-plan.js';
import { type CheckSubject, type CompiledCheck, countWhere } from './compiled-check.js';

type ExpectedType = NonNullable<ColumnExpectation['type']>;

const sqlTypes: Readonly<Record<Exclude<ExpectedType, 'text'>, string>> = {
  number: 'DOUBLE',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
  datetime: 'TIMESTAMP',
};

/** SQL form of a text column as the type that it was expected to have; missing where a text is none. */
export function toExpectedForm(sql: string, type: Exclude<ExpectedType, 'text'>): string {
  if (type !== 'integer') return `TRY_CAST(${sql} AS ${sqlTypes[type]})`;
  // A cast from text would round 1.5.
  return `CASE WHEN regexp_full_match(trim(${sql}), '[+-]?[0-9]+') THEN TRY_CAST(${sql} AS BIGINT) END`;
}

/** The column is of the type, and for `integer` every number is whole. */
export function compileType(
  { name, sql, sqlType, kind }: CheckSubject,
  { type, onFail, sensitive }: ColumnExpectation,
): CompiledCheck | null {
  if (type === null) return null;
  const expected = type === 'integer' ? 'number' : type;
  const fault = toFault(sql, kind, type);
  return {
    name: `${name}: type`,
    column: name,
    onFail,
    sensitive,
    limit: type,
    aggregates: [countWhere(fault ?? `${sql} IS NOT NULL`)],
    rowFault: fault,
    judge: ([count]) => {
      const affectedRows = Number(count);
      const isOther = kind !== expected;
      const observed = `${kind} (${sqlType})`;
      const what = isOther
        ? `the column is ${observed} instead of ${type}, with ${affectedRows} values that are none`
        : `${affectedRows} numbers are not whole`;
      return {
        passed: !isOther && affectedRows === 0,
        observed,
        affectedRows,
        finding: `${what}; correct the values, or name the type under source.types or convert it in the transform`,
      };
    },
  };
}

/** Rows whose value is not of the type; `null` where no row of the column can be. */
function toFault(sql: string, kind: CheckSubject['kind'], type: ExpectedType): string | null {
  if (type === 'integer' && kind === 'number') {
    return `(${sql} IS NOT NULL AND ${sql}::DOUBLE <> floor(${sql}::DOUBLE))`;
  }
  const expected = type === 'integer' ? 'number' : type;
  if (kind === expected) return 'false';
  if (kind !== 'text' || type === 'text') return null;
  return `(${sql} IS NOT NULL AND (${toExpectedForm(`${sql}::VARCHAR`, type)}) IS NULL)`;
}
