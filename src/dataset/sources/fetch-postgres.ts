import type { SourceLocation } from '../../contract/pipeline-plan.js';
import type { FetchContext } from './fetch-options.js';
import type { FetchedFile } from './fetched-file.js';
import { measureFile } from './measure-file.js';
import { exportPostgresQuery } from './postgres/export-postgres-query.js';
import { findConnection } from './source-connection.js';
import { describeQuery, toSelect } from './to-select.js';

/** One SELECT, or a table, of a PostgreSQL database; read each time, since nobody says what has changed. */
export async function* fetchPostgres(
  { connection: connectionName, query }: Extract<SourceLocation, { kind: 'postgres' }>,
  context: FetchContext,
): AsyncGenerator<FetchedFile> {
  const connection = findConnection(context.connections, connectionName, 'postgres');
  const name = `${connectionName}: ${describeQuery(query)}`;
  const select = toSelect(query);
  const path = context.newPath();
  const columns = await exportPostgresQuery(connection, {
    name: connectionName,
    select,
    outputPath: path,
    maxBytes: context.maxBytes,
    deadlineMs: context.exportLimits.deadlineMs,
    signal: context.signal,
    onProgress: (receivedBytes) => context.onProgress(`${name}: ${receivedBytes} bytes`),
  });
  yield {
    state: 'ran',
    id: context.toId(['postgres', connectionName, select]),
    name,
    reason: 'a database is read each time',
    path,
    temporary: true,
    ...(await measureFile(path, name, context.signal)),
    columns,
    validators: null,
  };
}
