import type { RawRow } from '../../features/column-table.js';
import type { SqlJobOf } from '../sql-job.js';
import type { ColumnInfo } from '../table-profile.js';
import { describeTable } from './describe-table.js';
import { quoteName, quoteText } from './quote.js';
import type { SqlSession } from './session.js';

/** The first rows of a Parquet table as a prediction request would hold them: dates and times as ISO 8601 in UTC. */
export async function sampleRows(
  session: SqlSession,
  job: SqlJobOf<'sample-rows'>,
): Promise<readonly RawRow[]> {
  const source = `read_parquet(${quoteText(job.path)})`;
  const infos = await describeTable(session, `SELECT * FROM ${source}`);
  const selected = infos.map((info, index) => `${toJsonForm(info)} AS c${index}`).join(', ');
  const rows = await session.rows<Record<string, number | string | boolean | null>>(
    `SELECT ${selected} FROM ${source} LIMIT ${Math.max(0, Math.floor(job.count))}`,
  );
  return rows.map((row) =>
    Object.fromEntries(infos.map(({ name }, index) => [name, row[`c${index}`] ?? null])),
  );
}

function toJsonForm({ name, kind, sqlType }: ColumnInfo): string {
  const column = quoteName(name);
  switch (kind) {
    case 'number':
      return `CASE WHEN isfinite(${column}::DOUBLE) THEN ${column}::DOUBLE END`;
    case 'boolean':
      return column;
    case 'datetime':
      return sqlType === 'DATE'
        ? `strftime(${column}, '%Y-%m-%d')`
        : `replace(strftime(${column}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%fZ'), '.000000Z', 'Z')`;
    case 'text':
      return `${column}::VARCHAR`;
  }
}
