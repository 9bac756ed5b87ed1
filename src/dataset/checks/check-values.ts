import type { ColumnExpectation, ParamValue } from '../../contract/pipeline-plan.js';
import { parseDatetime } from '../../features/datetime/parse-datetime.js';
import { type CheckSubject, type CompiledCheck, countWhere } from './compiled-check.js';
import { describeFraction } from './describe-fraction.js';
import { toNumberLiteral, toTextLiteral } from './sql-literal.js';

const maxListed = 10;

/** Every value, but for a share that may be unknown, is one of the list. */
export function compileValues(
  subject: CheckSubject,
  { values, maxUnknownFraction, onFail, sensitive }: ColumnExpectation,
): CompiledCheck | null {
  if (values === null) return null;
  const { name, sql } = subject;
  const allowed = values
    .map((value) => toAllowed(subject.kind, value))
    .filter((one) => one !== null);
  const isAllowed =
    allowed.length === 0 ? 'false' : `${toCompared(subject)} IN (${allowed.join(', ')})`;
  const fault = `(${sql} IS NOT NULL AND NOT ${isAllowed})`;
  const limit = describeList(values);
  return {
    name: `${name}: values`,
    column: name,
    onFail,
    sensitive,
    limit,
    aggregates: [
      countWhere(fault),
      `count(${sql})::DOUBLE`,
      // One example, the least by its text, so that the same data gives the same report.
      `left(min(${sql}::VARCHAR) FILTER (WHERE ${fault}), 100)`,
    ],
    rowFault: fault,
    judge: ([count, filled, example]) => {
      const affectedRows = Number(count);
      const observed = affectedRows === 0 ? 0 : affectedRows / Number(filled);
      const shown = sensitive || example == null ? '' : `, e.g. '${String(example)}'`;
      return {
        passed: observed <= maxUnknownFraction,
        observed,
        affectedRows,
        finding:
          `${affectedRows} of ${Number(filled)} values (${describeFraction(observed)}) are none of ${limit}${shown}; ` +
          `correct them, list them under validate.columns.${name}.values, or allow a share of them with unknown`,
      };
    },
  };
}

function toCompared({ sql, kind }: CheckSubject): string {
  switch (kind) {
    case 'number':
      return `${sql}::DOUBLE`;
    case 'datetime':
      return `epoch_us(${sql}::TIMESTAMP)`;
    case 'boolean':
    case 'text':
      return `${sql}::VARCHAR`;
  }
}

/** SQL of an allowed value in the form of the column; `null` for one that the column cannot hold. */
function toAllowed(kind: CheckSubject['kind'], value: ParamValue): string | null {
  if (kind === 'number') {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? toNumberLiteral(number) : null;
  }
  if (kind === 'datetime') {
    const seconds = parseDatetime(String(value));
    return seconds === null ? null : `${Math.round(seconds * 1_000_000)}::BIGINT`;
  }
  return toTextLiteral(String(value));
}

function describeList(values: readonly ParamValue[]): string {
  const listed = values.slice(0, maxListed).join(', ');
  const more = values.length - maxListed;
  return more > 0 ? `${listed} and ${more} more` : listed;
}
