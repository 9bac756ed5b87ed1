/** What the SQLite process is asked for; paths are absolute. */
export interface SqliteExportJob {
  /** A copy of the database that nobody else has open. */
  readonly databasePath: string;
  /** For messages. */
  readonly name: string;
  readonly select: string;
  /** CSV with a header. */
  readonly outputPath: string;
  readonly maxBytes: number;
}

export interface SqliteExportResult {
  readonly rows: number;
  readonly sizeBytes: number;
  readonly columns: readonly { readonly name: string; readonly sqlType: string }[];
}
