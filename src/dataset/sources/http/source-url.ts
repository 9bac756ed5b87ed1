import { isIP } from 'node:net';
import { RecetaError } from '../../../contract/errors.js';
import { type AllowedHost, isAllowedTarget, isDataPort } from './allowed-hosts.js';

export interface UrlRules {
  /** Hosts that may be reached although they are not public. */
  readonly allowedHosts: readonly AllowedHost[];
}

/**
 * Parses the address of a source and checks all that can be known without asking the network. The WHATWG parser has
 * made `127.1`, `0x7f.1` and `2130706433` the 127.0.0.1 that they mean by then.
 *
 * @throws RecetaError `source-forbidden`, or `source-unreadable` for what is no http(s) URL
 */
export function parseSourceUrl(text: string, { allowedHosts }: UrlRules): URL {
  if (!URL.canParse(text)) throw unreadable(text, 'it is no URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw unreadable(text, `it begins with ${url.protocol} instead of http: or https:`);
  }
  if (url.username !== '' || url.password !== '') {
    throw forbidden(
      url,
      'it carries a user name or password, which would end up in histories and logs',
    );
  }
  const host = toHost(url);
  const port = toPort(url);
  // Whether a name may be reached on another port is known once its addresses are.
  if (!isDataPort(port) && !allowedHosts.some((allowed) => allowed.port === port)) {
    throw forbidden(url, `port ${port} is not used for data`);
  }
  for (const address of toKnownAddresses(host)) {
    if (!isAllowedTarget({ host, address, port }, allowedHosts)) {
      throw forbiddenAddress(url, host);
    }
  }
  return url;
}

/** Name or address without brackets and the last dot. */
export function toHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

export function toPort(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

/** Addresses of a host that needs no name service. */
function toKnownAddresses(host: string): readonly string[] {
  if (isIP(host) !== 0) return [host];
  return host === 'localhost' || host.endsWith('.localhost') ? ['127.0.0.1'] : [];
}

/** A URL for messages: without query and fragment, where access tokens live. */
export function describeUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

export function forbiddenAddress(url: URL, address: string): RecetaError {
  return forbidden(
    url,
    `${address} is not an address of the public internet; an operator can allow it with RECETA_ALLOWED_PRIVATE_HOSTS`,
  );
}

function forbidden(url: URL, why: string): RecetaError {
  return new RecetaError(
    'source-forbidden',
    `Fetching ${describeUrl(url)} is not allowed: ${why}.`,
  );
}

function unreadable(text: string, why: string): RecetaError {
  return new RecetaError('source-unreadable', `The source URL '${text}' cannot be used: ${why}.`);
}
