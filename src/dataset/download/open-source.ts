import { type Agent, type Dispatcher, request } from 'undici';
import { RecetaError } from '../../contract/errors.js';
import { type AgentOptions, createGuardedAgent } from './guarded-agent.js';
import { describeUrl, parseSourceUrl } from './source-url.js';
import { toTransferError } from './transfer-error.js';

const maxRedirects = 5;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

export interface OpenedSource {
  /** The address that answered, after all redirects. */
  readonly url: URL;
  readonly response: Dispatcher.ResponseData;
  close(): Promise<void>;
}

export interface OpenOptions extends AgentOptions {
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends a GET and follows redirects by hand, each vetted like the first address; no credentials are ever sent.
 *
 * @throws RecetaError `source-forbidden` (also for https to http), `source-unreachable`, `source-unreadable`
 */
export async function openSource(text: string, options: OpenOptions): Promise<OpenedSource> {
  let url = parseSourceUrl(text, options);
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const agent = createGuardedAgent(url, options);
    const response = await sendGet(url, agent, options);
    if (!redirectStatuses.has(response.statusCode)) {
      return { url, response, close: () => agent.destroy() };
    }
    const { location } = response.headers;
    await agent.destroy();
    url = nextHop(url, location, options);
  }
  throw new RecetaError(
    'source-unreadable',
    `Fetching ${describeUrl(url)}: more than ${maxRedirects} redirects. Use the final address.`,
  );
}

async function sendGet(
  url: URL,
  agent: Agent,
  options: OpenOptions,
): Promise<Dispatcher.ResponseData> {
  try {
    const response = await request(url, {
      dispatcher: agent,
      signal: options.signal,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'receta', ...options.headers },
    });
    // A body that nobody reads, as after a redirect, is destroyed with its agent.
    response.body.on('error', () => undefined);
    return response;
  } catch (error) {
    await agent.destroy();
    options.signal.throwIfAborted();
    throw toTransferError(url, error);
  }
}

function nextHop(
  from: URL,
  location: string | string[] | undefined,
  options: OpenOptions,
): URL {
  if (typeof location !== 'string' || !URL.canParse(location, from.href)) {
    throw new RecetaError(
      'source-unreadable',
      `Fetching ${describeUrl(from)}: it redirects, but not to a valid address.`,
    );
  }
  const to = parseSourceUrl(new URL(location, from).href, options);
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new RecetaError(
      'source-forbidden',
      `Fetching ${describeUrl(from)}: it redirects from https to plain http, where anybody may change the data.`,
    );
  }
  return to;
}
