/** What PostgreSQL says of a column of a result. */
export interface PostgresField {
  readonly name: string;
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
}

/** Object ids of PostgreSQL's built-in types, fixed in its catalog (pg_type.dat). */
const sqlTypes: Readonly<Record<number, string>> = {
  16: 'BOOLEAN',
  20: 'BIGINT',
  21: 'SMALLINT',
  23: 'INTEGER',
  26: 'BIGINT',
  700: 'FLOAT',
  701: 'DOUBLE',
  1082: 'DATE',
  1114: 'TIMESTAMP',
  // Exported in UTC.
  1184: 'TIMESTAMP',
};
const numericId = 1700;
const byteaId = 17;
/** The widest number that DuckDB keeps exactly. */
const maxDecimalDigits = 38;

/**
 * The DuckDB type that holds a column of PostgreSQL; texts and everything that has no counterpart are `VARCHAR`.
 * `null`: binary values, which no table has.
 */
export function toSqlType({ dataTypeID, dataTypeModifier }: PostgresField): string | null {
  if (dataTypeID === byteaId) return null;
  if (dataTypeID === numericId) return toNumericType(dataTypeModifier);
  return sqlTypes[dataTypeID] ?? 'VARCHAR';
}

/** The modifier of a numeric column is 4 more than precision * 65536 + scale; -1: numbers of any width. */
function toNumericType(modifier: number): string {
  const precision = (modifier - 4) >> 16;
  const scale = (modifier - 4) & 0xff_ff;
  const isExact =
    modifier >= 4 &&
    precision <= maxDecimalDigits &&
    scale <= precision &&
    scale <= maxDecimalDigits;
  return isExact ? `DECIMAL(${precision},${scale})` : 'DOUBLE';
}
