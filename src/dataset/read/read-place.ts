import type { SqlSession } from '../sql/session.js';
import type { RejectLog } from './reject-log.js';

/** Where the table of a source comes from and goes to. */
export interface ReadPlace {
  readonly session: SqlSession;
  /** For copies; removed after the job. */
  readonly folder: string;
  /** Parquet. */
  readonly outputPath: string;
  readonly rejects: RejectLog;
}
