import type { ColumnKind } from '../features/column-table.js';

const numberTypes = new Set([
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
  'UHUGEINT',
  'FLOAT',
  'DOUBLE',
]);

/** The kind of a DuckDB type; `null` for types that no feature can be made of (lists, structs, blobs, times ...). */
export function toColumnKind(sqlType: string): ColumnKind | null {
  if (numberTypes.has(sqlType) || sqlType.startsWith('DECIMAL(')) return 'number';
  if (sqlType === 'BOOLEAN') return 'boolean';
  if (sqlType === 'DATE' || sqlType.startsWith('TIMESTAMP')) return 'datetime';
  if (sqlType === 'VARCHAR' || sqlType === 'UUID' || sqlType.startsWith('ENUM(')) return 'text';
  return null;
}
