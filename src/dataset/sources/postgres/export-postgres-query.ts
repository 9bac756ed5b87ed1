import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { RecetaError } from '../../../contract/errors.js';
import { openPostgres } from './open-postgres.js';
import { type PostgresField, toSqlType } from './postgres-column-type.js';
import type { PostgresConnection } from './postgres-connection.js';
import { StatementDescription } from './statement-description.js';
import { toPostgresError } from './to-postgres-error.js';

export interface PostgresExport {
  /** Of the connection, for messages. */
  readonly name: string;
  readonly select: string;
  /** CSV with a header. */
  readonly outputPath: string;
  readonly maxBytes: number;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (receivedBytes: number) => void;
}

type Columns = readonly { readonly name: string; readonly sqlType: string }[];

/**
 * Streams the result of one SELECT into a CSV file, in a transaction that only reads, and says which types hold its
 * columns. When it is cancelled, so is the query on the server.
 *
 * @throws RecetaError `connection-invalid`, `sql-invalid`, `source-unreadable` (binary columns), `source-too-large`,
 *   `deadline-exceeded`, `source-unreachable`; or the signal's reason
 */
export async function exportPostgresQuery(
  connection: PostgresConnection,
  options: PostgresExport,
): Promise<Columns> {
  const { name, signal, deadlineMs } = options;
  signal.throwIfAborted();
  let client: pg.Client | null = null;
  try {
    client = await openPostgres(connection, deadlineMs);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const columns = await describeColumns(client, options);
    const backend = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const cancel = (): Promise<void> => cancelBackend(connection, backend.rows[0]?.pid ?? 0);
    await copy(client, options, cancel);
    return columns;
  } catch (error) {
    signal.throwIfAborted();
    throw toPostgresError(name, error, deadlineMs);
  } finally {
    // Nobody waits for a server that does not answer any more; the transaction has changed nothing.
    void client?.end().catch(() => undefined);
  }
}

async function describeColumns(
  client: pg.Client,
  { name, select }: PostgresExport,
): Promise<Columns> {
  const description = new StatementDescription(select);
  client.query(description);
  const fields = await description.fields;
  if (fields === null) {
    throw new RecetaError(
      'sql-invalid',
      `Reading the database '${name}': the query has no result. A source is one SELECT or the name of a table.`,
    );
  }
  const names = new Set<string>();
  return fields.map((field) => {
    if (names.has(field.name)) throw namedTwice(name, field);
    names.add(field.name);
    const sqlType = toSqlType(field);
    if (sqlType === null) throw binary(name, field);
    return { name: field.name, sqlType };
  });
}

async function copy(
  client: pg.Client,
  { name, select, outputPath, maxBytes, signal, onProgress }: PostgresExport,
  cancel: () => Promise<void>,
): Promise<void> {
  let receivedBytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      receivedBytes += chunk.length;
      onProgress(receivedBytes);
      done(receivedBytes > maxBytes ? tooLarge(name, maxBytes) : null, chunk);
    },
  });
  const rows = client.query(copyTo(`COPY (${select}\n) TO STDOUT (FORMAT csv, HEADER true)`));
  try {
    await pipeline(rows, counted, createWriteStream(outputPath), { signal });
  } catch (error) {
    // A query that nobody reads any more would go on until it writes, or for ever.
    await cancel().catch(() => undefined);
    throw error;
  }
}

async function cancelBackend(connection: PostgresConnection, pid: number): Promise<void> {
  const client = await openPostgres(connection, 5_000);
  try {
    await client.query('SELECT pg_cancel_backend($1)', [pid]);
  } finally {
    await client.end();
  }
}

function namedTwice(name: string, field: PostgresField): RecetaError {
  return new RecetaError(
    'sql-invalid',
    `Reading the database '${name}': the query has two columns named '${field.name}'. Rename one with AS.`,
  );
}

function binary(name: string, field: PostgresField): RecetaError {
  return new RecetaError(
    'source-unreadable',
    `Reading the database '${name}': the column '${field.name}' holds binary values, which no table of Receta has. ` +
      "Leave it out, or turn it into text with encode(…, 'hex').",
  );
}

function tooLarge(name: string, maxBytes: number): RecetaError {
  return new RecetaError(
    'source-too-large',
    `Reading the database '${name}': the result of the query is larger than the limit of ${maxBytes} bytes. ` +
      'Select less, or raise the limit RECETA_SOURCE_MAX_BYTES.',
  );
}
