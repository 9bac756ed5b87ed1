import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isAllowedTarget } from './allowed-hosts.js';
import { forbiddenAddress, toHost, toPort, type UrlRules } from './source-url.js';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Asks the name service for every address of a host. */
export type ResolveHost = (host: string) => Promise<readonly ResolvedAddress[]>;

export const resolveHost: ResolveHost = (host) => lookup(host, { all: true });

export interface RequestOptions extends UrlRules {
  readonly resolve: ResolveHost;
  /** Without a byte for so long the exchange has failed. */
  readonly stallTimeoutMs: number;
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends one GET over a connection of its own and resolves with the head of the answer. Only public addresses and
 * listed hosts are reached: every address of the name is vetted, exactly the vetted ones are handed to the socket (so a second,
 * different answer of the name service has no effect), and the connected socket's peer is checked once more, which
 * also covers literals, for which no name is looked up.
 *
 * Node's own client rather than undici's: undici 7.30 ends the process with an uncaught assertion when a server closes
 * the connection while a reader is slower than it.
 */
export function sendGuardedGet(url: URL, options: RequestOptions): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      agent: false,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'receta', ...options.headers },
      lookup: vettedLookup(url, options),
      signal: options.signal,
      timeout: options.stallTimeoutMs,
    });
    request.once('socket', (socket) => {
      socket.once('connect', () => {
        const peer = socket.remoteAddress ?? 'an unknown address';
        if (!isAllowed(url, peer, options)) {
          request.destroy(forbiddenAddress(url, peer));
        }
      });
    });
    request.on('timeout', () => {
      request.destroy(Object.assign(new Error('no byte came for too long'), { code: 'ESTALLED' }));
    });
    request.once('error', reject);
    request.once('response', (response) => {
      // Whoever reads the body hears of its errors; an unread body's end with the connection is of no interest.
      response.on('error', () => undefined);
      request.on('error', (error) => response.destroy(error));
      resolve(response);
    });
    request.end();
  });
}

function vettedLookup(url: URL, options: RequestOptions): LookupFunction {
  return (host, lookupOptions, callback) => {
    options.resolve(host).then(
      (addresses) => {
        const refused = addresses.find(({ address }) => !isAllowed(url, address, options));
        const [first] = addresses;
        if (refused !== undefined) {
          callback(forbiddenAddress(url, refused.address), []);
        } else if (first === undefined) {
          callback(Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' }), []);
        } else if (lookupOptions.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

function isAllowed(url: URL, address: string, { allowedHosts }: UrlRules): boolean {
  return isAllowedTarget({ host: toHost(url), address, port: toPort(url) }, allowedHosts);
}
