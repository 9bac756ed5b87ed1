import { RecetaError } from '../../contract/errors.js';
import type { PostgresConnection } from './postgres/postgres-connection.js';

/** Credentials of a server, as the operator named them in the environment of the worker. */
export type SourceConnection =
  | ({ readonly kind: 'postgres' } & PostgresConnection)
  | ({ readonly kind: 's3' } & S3Connection);

export interface S3Connection {
  /** http or https URL. */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
}

/** By lower-case name. */
export type SourceConnections = Readonly<Record<string, SourceConnection>>;

const kindNames = { postgres: 'a PostgreSQL database', s3: 'an S3 store' };

/** @throws RecetaError `connection-invalid` for a name that nobody set, or that means another kind of server */
export function findConnection<Kind extends SourceConnection['kind']>(
  connections: SourceConnections,
  name: string,
  kind: Kind,
): Extract<SourceConnection, { kind: Kind }> {
  const found = Object.hasOwn(connections, name) ? connections[name] : undefined;
  if (found === undefined) {
    const known = Object.keys(connections).sort();
    const list = known.length === 0 ? 'it knows none' : `it knows ${known.join(', ')}`;
    const variable = `RECETA_CONNECTION_${name.toUpperCase().replaceAll('-', '_')}`;
    throw new RecetaError(
      'connection-invalid',
      `Opening the connection '${name}': the worker has none of this name; ${list}. ` +
        `Set ${variable} in the environment of the worker, or correct the name.`,
    );
  }
  if (found.kind !== kind) {
    throw new RecetaError(
      'connection-invalid',
      `Opening the connection '${name}': it leads to ${kindNames[found.kind]}, and the source needs ${kindNames[kind]}.`,
    );
  }
  return found as Extract<SourceConnection, { kind: Kind }>;
}
