import { readFile } from 'node:fs/promises';
import pg from 'pg';
import type { PostgresConnection } from './postgres-connection.js';

const connectTimeoutMs = 15_000;

/** Texts of dates, times and numbers do not depend on how the server or the user is set up. */
const sessionSettings = [
  'TimeZone=UTC',
  'DateStyle=ISO,YMD',
  'IntervalStyle=iso_8601',
  'extra_float_digits=1',
  'client_encoding=UTF8',
  'default_transaction_read_only=on',
];

/** Opens a session that only reads. The caller ends it. */
export async function openPostgres(
  connection: PostgresConnection,
  deadlineMs: number,
): Promise<pg.Client> {
  const { host, port, database, user, password } = connection;
  const client = new pg.Client({
    host,
    port,
    database,
    user,
    password,
    ssl: await toTlsOptions(connection),
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: deadlineMs,
    application_name: 'receta',
    options: sessionSettings.map((setting) => `-c ${setting}`).join(' '),
  });
  // A connection that breaks between two questions is reported by the next one.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  return client;
}

async function toTlsOptions({ tls, tlsAuthorityPath }: PostgresConnection) {
  if (tls === 'disable') return false;
  const ca = tlsAuthorityPath === null ? {} : { ca: await readFile(tlsAuthorityPath, 'utf8') };
  return { rejectUnauthorized: tls === 'verify-full', ...ca };
}
