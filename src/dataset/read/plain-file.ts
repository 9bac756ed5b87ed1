import type { RawFile } from '../sql-job.js';

/** A file of a source after unpacking; text is UTF-8. */
export interface PlainFile {
  readonly path: string;
  /** As people know it. */
  readonly name: string;
  /** Names and types of a database export. */
  readonly columns: RawFile['columns'];
}
