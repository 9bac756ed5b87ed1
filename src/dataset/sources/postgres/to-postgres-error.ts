import { RecetaError } from '../../../contract/errors.js';

const connectionStates = /^(28|3D)/;
const passingStates = /^(08|53|57P|40)/;
const networkCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * Translates an error of PostgreSQL or of the way to it. The server's own words are shown only where they are about
 * the query: those about the login name the user.
 *
 * @param name of the connection
 */
export function toPostgresError(name: string, thrown: unknown, deadlineMs: number): RecetaError {
  if (thrown instanceof RecetaError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const state = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const attempted = `Reading the database '${name}'`;
  if (connectionStates.test(state)) {
    return new RecetaError(
      'connection-invalid',
      `${attempted}: the server refuses the login, or has no such database (${state}). ` +
        `Check RECETA_CONNECTION_${name.toUpperCase().replaceAll('-', '_')}.`,
    );
  }
  if (state === '57014') {
    return new RecetaError(
      'deadline-exceeded',
      `${attempted}: the query did not end within ${deadlineMs / 1_000} s. ` +
        'Select less, or raise the deadline RECETA_SQL_DEADLINE_MS.',
    );
  }
  if (/does not support SSL|self.signed|certificate|altname/i.test(error.message)) {
    return new RecetaError(
      'connection-invalid',
      `${attempted}: no encrypted connection could be made: ${error.message}. ` +
        'Add sslrootcert to the connection, or sslmode=require or sslmode=disable where the network is trusted.',
    );
  }
  if (/^[0-9A-Z]{5}$/.test(state) && !networkCodes.has(state) && !passingStates.test(state)) {
    return new RecetaError(
      'sql-invalid',
      `${attempted}: the server refuses the query: ${error.message} (${state}). ` +
        'A source is one SELECT, which only reads, or the name of a table.',
      toProblems(error),
    );
  }
  const reason = networkCodes.has(state) || passingStates.test(state) ? ` (${state})` : '';
  return new RecetaError(
    'source-unreachable',
    `${attempted}: the server cannot be reached, or has ended the connection${reason}. It may work later.`,
  );
}

/** PostgreSQL counts characters from 1. */
function toProblems(error: Error) {
  const position = 'position' in error ? Number(error.position) : Number.NaN;
  if (!Number.isInteger(position)) return {};
  return { problems: [{ message: `${error.message} (character ${position} of the query)` }] };
}
