/** Types as which texts can be read and columns learned from. */
const simpleTypes = [
  ...['BOOLEAN', 'BOOL', 'TINYINT', 'SMALLINT', 'INTEGER', 'INT', 'BIGINT', 'HUGEINT'],
  ...['UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'UHUGEINT', 'FLOAT', 'REAL', 'DOUBLE'],
  ...['DECIMAL', 'VARCHAR', 'TEXT', 'STRING', 'DATE', 'TIMESTAMP', 'TIMESTAMPTZ'],
  'TIMESTAMP WITH TIME ZONE',
];

/** Reads a SQL type, such as `INTEGER` or `decimal(10, 2)`; `null`: it is none that is known. */
export function toSqlType(text: string): string | null {
  const type = text.trim().toUpperCase().replace(/\s+/g, ' ');
  if (simpleTypes.includes(type)) return type;
  const [, precision, scale] =
    /^(?:DECIMAL|NUMERIC) ?\( ?(\d{1,2}) ?, ?(\d{1,2}) ?\)$/.exec(type) ?? [];
  const isDecimal = Number(precision) >= 1 && Number(precision) <= 38;
  return isDecimal && Number(scale) <= Number(precision) ? `DECIMAL(${precision},${scale})` : null;
}

export const wantedSqlType = `a SQL type such as BIGINT, DOUBLE, DECIMAL(10,2), VARCHAR, BOOLEAN, DATE or TIMESTAMP`;
