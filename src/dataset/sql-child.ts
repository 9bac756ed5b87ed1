import { serveJob } from '../processes/serve-job.js';
import { loadCsv } from './sql/load-csv.js';
import { loadParquet } from './sql/load-parquet.js';
import { profileTable } from './sql/profile-table.js';
import { sampleRows } from './sql/sample-rows.js';
import { SqlSession } from './sql/session.js';
import { splitTable } from './sql/split-table.js';
import { transformTable } from './sql/transform-table.js';
import { writeColumns } from './sql/write-columns.js';
import type { SqlJob, SqlResults } from './sql-job.js';

/** The one place where SQL runs and files from outside are opened. */
serveJob<SqlJob, never, SqlResults[SqlJob['kind']]>(async (job) => {
  const session = await SqlSession.open(job.settings);
  try {
    return await runSqlJob(session, job);
  } finally {
    session.close();
  }
});

async function runSqlJob(session: SqlSession, job: SqlJob): Promise<SqlResults[SqlJob['kind']]> {
  switch (job.kind) {
    case 'profile': {
      if (job.format === 'parquet') {
        await loadParquet(session, job.path);
        return profileTable(session, []);
      }
      return profileTable(session, await loadCsv(session, job.path, job.settings.jobFolder));
    }
    case 'transform':
      return transformTable(session, job);
    case 'split':
      return splitTable(session, job);
    case 'read-table':
      return writeColumns(session, job);
    case 'sample-rows':
      return sampleRows(session, job);
  }
}
