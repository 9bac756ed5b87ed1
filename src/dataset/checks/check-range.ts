import type { ColumnExpectation } from '../../contract/pipeline-plan.js';
import { parseDatetime } from '../../features/datetime/parse-datetime.js';
import { type CheckSubject, type CompiledCheck, countWhere } from './compiled-check.js';
import { toNumberLiteral } from './sql-literal.js';

/** Every number or time lies inside the limits, which belong to the range. */
export function compileRange(
  subject: CheckSubject,
  { min, max, onFail, sensitive }: ColumnExpectation,
): CompiledCheck | null {
  if (min === null && max === null) return null;
  const { name, sql, kind } = subject;
  const value = toComparable(subject);
  const low = toLimit(kind, min);
  const high = toLimit(kind, max);
  const isComparable = value !== null && low !== undefined && high !== undefined;
  const tests = isComparable
    ? [
        low === null ? [] : [`${value} < ${low}`],
        high === null ? [] : [`${value} > ${high}`],
      ].flat()
    : [];
  const fault = isComparable ? `coalesce(${tests.join(' OR ')}, false)` : null;
  const limit = describeLimits(min, max);
  return {
    name: `${name}: range`,
    column: name,
    onFail,
    sensitive,
    limit,
    aggregates: [
      fault === null ? `count(${sql})::DOUBLE` : countWhere(fault),
      ...(isComparable ? [toShown(subject, 'min'), toShown(subject, 'max')] : []),
    ],
    rowFault: fault,
    judge: ([count, least, greatest]) => {
      const affectedRows = Number(count);
      if (!isComparable) {
        return {
          passed: false,
          observed: kind,
          affectedRows,
          finding: `the column is ${kind}, which cannot be compared with ${limit}; name its type under source.types, or correct the limits`,
        };
      }
      const found = least == null ? 'no value' : `${String(least)} to ${String(greatest)}`;
      const shown = sensitive ? '' : ` (found ${found})`;
      return {
        passed: affectedRows === 0,
        observed: sensitive ? null : found,
        affectedRows,
        finding: `${affectedRows} values are not ${limit}${shown}; correct them, or widen validate.columns.${name}`,
      };
    },
  };
}

function toComparable({ sql, kind }: CheckSubject): string | null {
  if (kind === 'number') return `${sql}::DOUBLE`;
  return kind === 'datetime' ? `epoch_us(${sql}::TIMESTAMP)` : null;
}

/** SQL of a limit; `undefined` for one that the kind cannot be compared with. */
function toLimit(
  kind: CheckSubject['kind'],
  limit: number | string | null,
): string | null | undefined {
  if (limit === null) return null;
  if (kind === 'number') return typeof limit === 'number' ? toNumberLiteral(limit) : undefined;
  const seconds = typeof limit === 'string' ? parseDatetime(limit) : null;
  return seconds === null ? undefined : `${Math.round(seconds * 1_000_000)}::BIGINT`;
}

function toShown({ sql, kind }: CheckSubject, end: 'min' | 'max'): string {
  return kind === 'number'
    ? `${end}(${sql})::DOUBLE`
    : `strftime(${end}(${sql})::TIMESTAMP, '%Y-%m-%dT%H:%M:%SZ')`;
}

function describeLimits(min: number | string | null, max: number | string | null): string {
  if (min === null) return `at most ${max}`;
  return max === null ? `at least ${min}` : `${min} to ${max}`;
}
