import type { IncomingHttpHeaders } from 'node:http';

/** What a server told of the version that it sent; asked for again, it can say that nothing has changed. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** `null` when the server named no version. */
export function readValidators(headers: IncomingHttpHeaders): Validators | null {
  const { etag = null, 'last-modified': lastModified = null } = headers;
  return etag === null && lastModified === null ? null : { etag, lastModified };
}

/** Headers that ask for the content only if it is another version. */
export function toConditionHeaders(known: Validators | null): Record<string, string> {
  if (known === null) return {};
  return {
    ...(known.etag === null ? {} : { 'if-none-match': known.etag }),
    ...(known.lastModified === null ? {} : { 'if-modified-since': known.lastModified }),
  };
}
