import http from 'node:http';
import https from 'node:https';

/** The store answered, but only to say that it cannot serve now. */
class BusyStoreError extends Error {
  override readonly name = 'BusyStoreError';
  constructor(readonly status: number) {
    super(`HTTP status ${status}`);
  }
}

/** Nothing was sent or received for too long. */
class SilentStoreError extends Error {
  override readonly name = 'SilentStoreError';
  constructor(idleTimeoutMs: number) {
    super(`no byte for ${idleTimeoutMs / 1000} s`);
  }
}

export interface TransportOptions {
  readonly secure: boolean;
  readonly idleTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

type Request = typeof http.request;

const busyStatuses = new Set([408, 429, 499, 500, 502, 503, 504, 520]);

/**
 * The HTTP layer handed to the minio client, which itself knows neither time limits nor abort signals, and which
 * turns a busy server into an untyped error. Every request fails when its socket is silent for `idleTimeoutMs`,
 * also in the middle of a body.
 */
export function createStoreTransport(options: TransportOptions): { readonly request: Request } {
  const send: Request = options.secure ? https.request : http.request;
  const request = (
    requestOptions: http.RequestOptions,
    onResponse: (response: http.IncomingMessage) => void,
  ): http.ClientRequest => {
    const { idleTimeoutMs, signal } = options;
    const outgoing = send({ ...requestOptions, ...(signal && { signal }) }, (response) => {
      const status = response.statusCode ?? 0;
      if (busyStatuses.has(status)) outgoing.destroy(new BusyStoreError(status));
      else onResponse(response);
    });
    // Set on the request, not through its options: those are ignored on a reused socket.
    outgoing.setTimeout(idleTimeoutMs, () => outgoing.destroy(new SilentStoreError(idleTimeoutMs)));
    return outgoing;
  };
  return { request: request as Request };
}
