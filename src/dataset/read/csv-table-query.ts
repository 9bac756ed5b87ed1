import { quoteName } from '../sql/quote.js';
import { toKey } from './column-names.js';
import { type CsvInput, csvReaderSql } from './csv-reader-sql.js';
import type { DecidedType } from './decide-type.js';

/** A CSV file whose every record is a row of the table. */
export interface TableFile {
  readonly input: CsvInput;
  /** By field of the file. */
  readonly names: readonly string[];
  /** Texts that mean a missing value; `null`: only a field without quotes and text is missing. */
  readonly nulls: ReadonlySet<string> | null;
}

/** SQL of the typed table: the rows of all files in their order, with the columns of the first. */
export function csvTableQuery(
  files: readonly TableFile[],
  names: readonly string[],
  types: readonly DecidedType[],
): string {
  const union = files.map((file) => fileQuery(file, names, types)).join(' UNION ALL ');
  if (types.every(({ sqlType }) => storedType(sqlType) === sqlType)) return union;
  const stored = types.map(({ sqlType }, index) => {
    const name = quoteName(names[index] ?? '');
    return storedType(sqlType) === sqlType ? name : `CAST(${name} AS VARCHAR) AS ${name}`;
  });
  return `SELECT ${stored.join(', ')} FROM (${union})`;
}

/** Integers that Parquet does not hold are kept as text. */
export function storedType(sqlType: string): string {
  return ['HUGEINT', 'UHUGEINT', 'UBIGINT'].includes(sqlType) ? 'VARCHAR' : sqlType;
}

function fileQuery(
  file: TableFile,
  names: readonly string[],
  types: readonly DecidedType[],
): string {
  const fields = new Map(file.names.map((name, field) => [toKey(name), field]));
  const position = names.map((name) => fields.get(toKey(name)) ?? 0);
  const readTypes: string[] = [];
  for (const [column, field] of position.entries()) {
    readTypes[field] = types[column]?.readType ?? 'VARCHAR';
  }
  const values = types.map(({ convert }, column) => {
    return `${convert(`c${position[column]}`)} AS ${quoteName(names[column] ?? '')}`;
  });
  return `SELECT ${values.join(', ')} FROM ${csvReaderSql(file.input, readTypes, file.nulls)}`;
}
