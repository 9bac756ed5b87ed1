import type { RawRow } from '../../features/column-table.js';
import { describeTable } from '../sql/describe-table.js';
import { toJsonForm } from '../sql/json-form.js';
import { quoteName, quoteText } from '../sql/quote.js';
import type { SqlSession } from '../sql/session.js';
import type { SqlJobOf } from '../sql-job.js';

/** The first rows of a Parquet table, or some columns of them, as a prediction request would hold them: dates and times as ISO 8601 in UTC. */
export async function sampleRows(
  session: SqlSession,
  job: SqlJobOf<'sample-rows'>,
): Promise<readonly RawRow[]> {
  const source = `read_parquet(${quoteText(job.path)})`;
  const names = job.columns === null ? '*' : job.columns.map(quoteName).join(', ');
  const infos = await describeTable(session, `SELECT ${names} FROM ${source}`);
  const selected = infos.map((info, index) => `${toJsonForm(info)} AS c${index}`).join(', ');
  const rows = await session.rows<Record<string, number | string | boolean | null>>(
    `SELECT ${selected} FROM ${source} LIMIT ${Math.max(0, Math.floor(job.count))}`,
  );
  return rows.map((row) =>
    Object.fromEntries(infos.map(({ name }, index) => [name, row[`c${index}`] ?? null])),
  );
}
