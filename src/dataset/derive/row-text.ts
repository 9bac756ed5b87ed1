import type { RawRow } from '../../features/column-table.js';
import { toColumnKind } from '../column-kind.js';

const integerType = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;

/**
 * The text of a value from which DuckDB casts it to a column's type; `null` for a missing one.
 *
 * @returns `undefined` for a value of another kind than the column's
 */
export function toCastText(
  value: RawRow[string] | undefined,
  sqlType: string,
): string | null | undefined {
  if (value === null) return null;
  switch (toColumnKind(sqlType)) {
    case 'number':
      return toNumberText(value, sqlType);
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'datetime':
    case 'text':
      return typeof value === 'string' ? value : undefined;
    case null:
      return undefined;
  }
}

/** Texts are for integers beyond 2^53, which JSON numbers cannot hold. */
function toNumberText(
  value: number | string | boolean | undefined,
  sqlType: string,
): string | undefined {
  // A cast would round.
  if (integerType.test(sqlType)) {
    if (typeof value === 'number') return Number.isInteger(value) ? toDigits(value) : undefined;
    return typeof value === 'string' && /^-?\d+$/.test(value) ? value : undefined;
  }
  return typeof value === 'number' && Number.isFinite(value) ? toSignedText(value) : undefined;
}

/** Without an exponent. */
function toDigits(value: number): string {
  return BigInt(value).toString();
}

/** The shortest text that reads as the same number; JavaScript leaves the sign of -0 out. */
function toSignedText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
