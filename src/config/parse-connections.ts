import { type Problem, RecetaError } from '../contract/errors.js';
import type { SourceConnection, SourceConnections } from '../dataset/sources/source-connection.js';
import type { Environment } from './read-environment.js';

const variablePrefix = 'RECETA_CONNECTION_';
const tlsModes = ['disable', 'require', 'verify-full'] as const;
const defaultPostgresPort = 5432;

/**
 * Reads the named connections: each variable `RECETA_CONNECTION_<NAME>` holds the URL of a PostgreSQL database or an S3
 * store. Names are lower-cased, `_` becomes `-`.
 *
 * @throws RecetaError `connection-invalid` with every problem; what a variable holds is never shown
 */
export function parseConnections(environment: Environment): SourceConnections {
  const problems: Problem[] = [];
  const connections: Record<string, SourceConnection> = {};
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith(variablePrefix) || !text) continue;
    const name = variable.slice(variablePrefix.length).toLowerCase().replaceAll('_', '-');
    const parsed = parseConnection(name, text);
    if (typeof parsed === 'string') problems.push({ path: variable, message: parsed });
    else connections[name] = parsed;
  }
  if (problems.length === 0) return connections;
  const names = problems.map(({ path }) => path).join(', ');
  throw new RecetaError(
    'connection-invalid',
    `The connections cannot be used because of ${names}`,
    {
      problems,
    },
  );
}

/** A text says what is wrong, without repeating anything of the URL. */
function parseConnection(name: string, text: string): SourceConnection | string {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    return 'has no usable name, wanted a letter and then letters, digits or _';
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  switch (url?.protocol) {
    case 'postgres:':
    case 'postgresql:':
      return parsePostgres(url);
    case 's3:':
      return parseS3(url);
    default:
      return 'holds something else, wanted postgres://user:password@host:port/database or s3://key:secret@host:port';
  }
}

function parsePostgres(url: URL): SourceConnection | string {
  const { sslmode, sslrootcert, ...unknown } = Object.fromEntries(url.searchParams);
  if (Object.keys(unknown).length > 0) return describeUnknown('sslmode, sslrootcert');
  const database = decode(url.pathname.slice(1));
  const [user, password] = [decode(url.username), decode(url.password)];
  if (database === null || user === null || password === null) return badEncoding;
  if (url.hostname === '' || database === '' || user === '') {
    return 'lacks a part, wanted postgres://user:password@host:port/database';
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const tls = tlsModes.find(
    (mode) => mode === (sslmode ?? (isLoopback(host) ? 'disable' : 'verify-full')),
  );
  if (tls === undefined) return `has an unknown sslmode, wanted ${tlsModes.join(', ')}`;
  const port = Number(url.port) || defaultPostgresPort;
  const tlsAuthorityPath = sslrootcert ?? null;
  return { kind: 'postgres', host, port, database, user, password, tls, tlsAuthorityPath };
}

function parseS3(url: URL): SourceConnection | string {
  const { region = 'us-east-1', tls = 'true', ...unknown } = Object.fromEntries(url.searchParams);
  if (Object.keys(unknown).length > 0) return describeUnknown('region, tls');
  const [accessKey, secretKey] = [decode(url.username), decode(url.password)];
  if (accessKey === null || secretKey === null) return badEncoding;
  if (url.hostname === '' || accessKey === '' || secretKey === '') {
    return 'lacks a part, wanted s3://accesskey:secret@host:port';
  }
  if (!['', '/'].includes(url.pathname)) {
    return 'names a path, but buckets and keys belong into the pipeline file';
  }
  if (tls !== 'true' && tls !== 'false') return 'has an unknown tls, wanted true or false';
  const endpoint = `${tls === 'true' ? 'https' : 'http'}://${url.host}`;
  return { kind: 's3', endpoint, accessKey, secretKey, region };
}

const badEncoding = 'has a % that is no percent-encoding; write the character % as %25';

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The option's name is not shown: a password with a `?` in it would end there. */
function describeUnknown(known: string): string {
  return (
    `has an option that is not known; known are ${known}. ` +
    'Write the characters ? # / @ of a password percent-encoded'
  );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
