/** Longest record that is read; a quote that is never closed makes the rest of a file one record. */
export const maxRecordBytes = 32 << 20;

/** Bit set of how a field was written. */
export const fieldFlag = { quoted: 1, doubledQuotes: 2, strayQuote: 4, nul: 8 } as const;

/** What can be wrong with the quotes of a record. */
export type QuoteFault = 'text-behind-quote' | 'open-quote' | 'too-long';

export interface CsvDialect {
  /** Bytes. */
  readonly delimiter: number;
  readonly quote: number | null;
}

export interface CsvRecordsOptions {
  readonly dialect: CsvDialect;
  /** Fields looked at; more are only counted. */
  readonly maxFields: number;
  /** What stands before the first record. */
  readonly skipBytes: number;
  readonly skipLines: number;
  /** A blank line is a record of one empty field. */
  readonly keepsBlankLines: boolean;
}

/** How the records of a file ended, and what else a strict reader would stumble over. */
export interface CsvFileTraits {
  lineFeeds: number;
  pairs: number;
  returns: number;
  /** Blank lines between records, and after the last one. */
  innerBlankLines: number;
  finalBlankLines: number;
  /** Bit set of the flags of all fields. */
  fieldFlags: number;
  longestRecordBytes: number;
}
