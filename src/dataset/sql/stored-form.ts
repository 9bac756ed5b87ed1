import type { ColumnInfo } from '../profile/table-profile.js';
import { quoteName } from './quote.js';

/** Integers for which Parquet has no type of its own. */
export const wideIntegerTypes: ReadonlySet<string> = new Set(['HUGEINT', 'UHUGEINT', 'UBIGINT']);

export function isFloating(sqlType: string): boolean {
  return sqlType === 'FLOAT' || sqlType === 'DOUBLE';
}

/**
 * The column in a type that Parquet holds without loss: NaN is missing, times are in UTC without a zone, and integers
 * beyond 64 bits are text.
 *
 * @param asText wide integer columns with a value that does not fit into BIGINT
 */
export function toStoredForm(
  { name, sqlType }: Pick<ColumnInfo, 'name' | 'sqlType'>,
  asText: ReadonlySet<string>,
): string {
  const column = quoteName(name);
  if (isFloating(sqlType)) return `CASE WHEN NOT isnan(${column}) THEN ${column} END AS ${column}`;
  const storedType = toStoredType(sqlType, asText.has(name));
  return storedType === sqlType ? column : `CAST(${column} AS ${storedType}) AS ${column}`;
}

function toStoredType(sqlType: string, asText: boolean): string {
  if (sqlType.startsWith('TIMESTAMP')) return 'TIMESTAMP';
  if (sqlType === 'UUID' || sqlType.startsWith('ENUM(')) return 'VARCHAR';
  if (wideIntegerTypes.has(sqlType)) return asText ? 'VARCHAR' : 'BIGINT';
  // The type of a column that holds no value at all, as in SELECT NULL AS x.
  return sqlType === '"NULL"' ? 'INTEGER' : sqlType;
}
