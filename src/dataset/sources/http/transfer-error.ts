import { RecetaError } from '../../../contract/errors.js';
import { describeUrl } from './source-url.js';

/** A failure that another try may mend, with the pause that the server asked for. */
export class BusyServerError extends Error {
  override readonly name = 'BusyServerError';
  override readonly cause: RecetaError;
  readonly retryAfterMs: number | null;

  constructor(cause: RecetaError, retryAfterMs: number | null) {
    super(cause.message);
    this.cause = cause;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Says what an HTTP status means for a source; `null` for 200 and 206. */
export function toStatusError(url: URL, status: number): RecetaError | null {
  if (status === 200 || status === 206) return null;
  const answer = `Fetching ${describeUrl(url)}: the server answered ${status}`;
  if (status === 404 || status === 410) {
    return new RecetaError(
      'source-not-found',
      `${answer}, so there is nothing here. Check the URL.`,
    );
  }
  if (status === 401 || status === 403) {
    return new RecetaError(
      'source-forbidden',
      `${answer}: it wants a permission that Receta does not have. Use a URL that needs none.`,
    );
  }
  if (status >= 500 || [408, 425, 429].includes(status)) {
    return new RecetaError('source-unreachable', `${answer}. It may work later.`);
  }
  return new RecetaError('source-unreadable', `${answer}, which carries no data. Check the URL.`);
}

const networkReasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name of its server is unknown',
  EAI_AGAIN: 'the name service does not answer',
  ECONNREFUSED: 'its server refuses connections',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'its server does not answer',
  EHOSTUNREACH: 'its server cannot be reached',
  ENETUNREACH: 'its network cannot be reached',
  ESTALLED: 'its server stopped sending',
  HPE_INVALID_CONSTANT: 'its server does not speak HTTP',
};

/** Translates whatever a transfer threw; a RecetaError anywhere in its causes is what counts. */
export function toTransferError(url: URL, thrown: unknown): RecetaError {
  const known = findRecetaError(thrown);
  if (known !== null) return known;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC') {
    return new RecetaError(
      'source-too-large',
      `Fetching ${describeUrl(url)}: the worker's disk is full. Free some space and try again.`,
      { cause: thrown },
    );
  }
  const reason = networkReasons[code] ?? (error.message || code);
  return new RecetaError(
    'source-unreachable',
    `Fetching ${describeUrl(url)} failed: ${reason}. It may work later.`,
    { cause: thrown },
  );
}

function findRecetaError(thrown: unknown): RecetaError | null {
  if (thrown instanceof RecetaError) return thrown;
  if (thrown instanceof AggregateError) {
    return thrown.errors.map(findRecetaError).find((error) => error !== null) ?? null;
  }
  return thrown instanceof Error && thrown.cause !== undefined
    ? findRecetaError(thrown.cause)
    : null;
}
