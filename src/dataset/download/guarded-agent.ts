import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { isPublicAddress } from './address-policy.js';
import { forbiddenAddress } from './source-url.js';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Asks the name service for every address of a host. */
export type ResolveHost = (host: string) => Promise<readonly ResolvedAddress[]>;

export const resolveHost: ResolveHost = (host) => lookup(host, { all: true });

export interface AgentOptions {
  readonly allowPrivateAddresses: boolean;
  readonly resolve: ResolveHost;
  readonly stallTimeoutMs: number;
}

/**
 * An HTTP client for one exchange that reaches public addresses only: every address of the name is vetted, exactly
 * the vetted ones are handed to the socket (so a second, different answer of the name service has no effect), and the
 * connected socket's peer is checked once more, which also covers literals, for which no name is looked up.
 */
export function createGuardedAgent(url: URL, options: AgentOptions): Agent {
  const connect = buildConnector({
    lookup: vettedLookup(url, options),
    timeout: options.stallTimeoutMs,
  });
  return new Agent({
    connections: 1,
    pipelining: 0,
    bodyTimeout: options.stallTimeoutMs,
    headersTimeout: options.stallTimeoutMs,
    connect: (target, callback) =>
      connect(target, (error, socket) => {
        if (error !== null) {
          callback(error, null);
          return;
        }
        const peer = socket.remoteAddress ?? 'an unknown address';
        if (options.allowPrivateAddresses || isPublicAddress(peer)) callback(null, socket);
        else {
          socket.destroy();
          callback(forbiddenAddress(url, peer), null);
        }
      }),
  });
}

function vettedLookup(url: URL, options: AgentOptions): LookupFunction {
  return (host, lookupOptions, callback) => {
    options.resolve(host).then(
      (addresses) => {
        const refused = addresses.find(({ address }) => !isPublicAddress(address));
        const [first] = addresses;
        if (refused !== undefined && !options.allowPrivateAddresses) {
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
