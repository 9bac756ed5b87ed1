import { quoteText } from '../sql/quote.js';

/** A CSV file as DuckDB's reader takes it. */
export interface CsvInput {
  readonly path: string;
  readonly delimiter: string;
  /** `null`: nothing is quoted. */
  readonly quote: string | null;
  readonly skipRecords: number;
  /** Line feeds alone; `false`: each behind a carriage return. */
  readonly hasLineFeeds: boolean;
  readonly longestRecordBytes: number;
}

const minBufferBytes = 8 << 20;

/** SQL of a table with the file's columns as `c0`, `c1`, ..., in the given types. */
export function csvReaderSql(
  input: CsvInput,
  types: readonly string[],
  /** Texts that mean a missing value; `null`: only a field without quotes and text is missing. */
  nulls: ReadonlySet<string> | null,
): string {
  const { delimiter, quote, skipRecords } = input;
  const columns = types.map((type, index) => `c${index}: '${type}'`);
  const maxLine = Math.max(1 << 20, input.longestRecordBytes + (1 << 16));
  const options = [
    'auto_detect = false',
    'header = false',
    'strict_mode = true',
    `compression = 'none'`,
    `skip = ${skipRecords}`,
    `delim = ${quoteText(delimiter)}`,
    `quote = ${quoteText(quote ?? '')}`,
    `escape = ${quoteText(quote ?? '')}`,
    // With pairs said to end lines, DuckDB takes quotes for a part of the text; found out, they are read well.
    ...(input.hasLineFeeds ? [`new_line = '\\n'`] : []),
    `nullstr = [${[...(nulls ?? [''])].map(quoteText).join(', ')}]`,
    `allow_quoted_nulls = ${nulls !== null}`,
    `max_line_size = ${maxLine}`,
    `buffer_size = ${Math.max(minBufferBytes, 2 * maxLine)}`,
    `columns = {${columns.join(', ')}}`,
  ];
  return `read_csv(${quoteText(input.path)}, ${options.join(', ')})`;
}
