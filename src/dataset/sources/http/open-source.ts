import type { IncomingMessage } from 'node:http';
import { RecetaError } from '../../../contract/errors.js';
import { type RequestOptions, sendGuardedGet } from './guarded-request.js';
import { resolveRedirect } from './resolve-redirect.js';
import { describeUrl, parseSourceUrl } from './source-url.js';
import { toTransferError } from './transfer-error.js';

const maxRedirects = 5;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

export interface OpenedSource {
  /** The address that answered, after all redirects. */
  readonly url: URL;
  /** Destroy it when it is no longer needed; that closes the connection. */
  readonly response: IncomingMessage;
}

/**
 * Sends a GET and follows redirects by hand, each vetted like the first address; no credentials are ever sent.
 *
 * @throws RecetaError `source-forbidden` (also for https to http), `source-unreachable`, `source-unreadable`
 */
export async function openSource(text: string, options: RequestOptions): Promise<OpenedSource> {
  let url = parseSourceUrl(text, options);
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const response = await send(url, options);
    if (!redirectStatuses.has(response.statusCode ?? 0)) return { url, response };
    response.destroy();
    url = resolveRedirect(url, response.headers.location, options);
  }
  throw new RecetaError(
    'source-unreadable',
    `Fetching ${describeUrl(url)}: more than ${maxRedirects} redirects. Use the final address.`,
  );
}

async function send(url: URL, options: RequestOptions): Promise<IncomingMessage> {
  try {
    return await sendGuardedGet(url, options);
  } catch (error) {
    options.signal.throwIfAborted();
    throw toTransferError(url, error);
  }
}
