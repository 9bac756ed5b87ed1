import { serveJob } from '../../../processes/serve-job.js';
import { exportSqliteTable } from './export-sqlite-table.js';
import type { SqliteExportJob, SqliteExportResult } from './sqlite-job.js';

/** The one place where SQLite files from outside are opened. */
serveJob<SqliteExportJob, never, SqliteExportResult>(exportSqliteTable);
