import { serveJob } from '../processes/serve-job.js';
import { SqlSession } from './sql/session.js';
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

/** Loads only the code of the job at hand: the cache of steps tells them apart by their code. */
async function runSqlJob(session: SqlSession, job: SqlJob): Promise<SqlResults[SqlJob['kind']]> {
  switch (job.kind) {
    case 'read-source':
      return (await import('./jobs/read-source.js')).readSource(session, job);
    case 'find-lines':
      return (await import('./jobs/find-lines.js')).findLines(session, job);
    case 'check-table':
      return (await import('./jobs/check-table.js')).checkTable(session, job);
    case 'merge-tables':
      return (await import('./jobs/merge-tables.js')).mergeTables(session, job);
    case 'transform-table':
      return (await import('./jobs/transform-table.js')).transformTable(session, job);
    case 'split-table':
      return (await import('./jobs/split-table.js')).splitTable(session, job);
    case 'read-table':
      return (await import('./jobs/read-table.js')).readTable(session, job);
    case 'sample-rows':
      return (await import('./jobs/sample-rows.js')).sampleRows(session, job);
  }
}
