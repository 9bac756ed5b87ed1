import { isIP } from 'node:net';
import { RecetaError } from '../../contract/errors.js';
import { isPublicAddress } from './address-policy.js';

/** Ports below 1024 belong to mail, shells and other services; only the web's own are fetched from. */
const webPorts = new Set(['', '80', '443']);
const firstFreePort = 1024;

/**
 * Parses the address of a source and checks all that can be known without asking the network. The WHATWG parser has
 * made `127.1`, `0x7f.1` and `2130706433` the 127.0.0.1 that they mean by then.
 *
 * @throws RecetaError `source-forbidden`, or `source-unreadable` for what is no http(s) URL
 */
export function parseSourceUrl(
  text: string,
  options: { readonly allowPrivateAddresses: boolean },
): URL {
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
  if (options.allowPrivateAddresses) return url;
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw forbiddenAddress(url, host);
  if (host === 'localhost' || host.endsWith('.localhost')) throw forbiddenAddress(url, host);
  if (!webPorts.has(url.port) && Number(url.port) < firstFreePort) {
    throw forbidden(url, `port ${url.port} is not used for data`);
  }
  return url;
}

/** A URL for messages: without query and fragment, where access tokens live. */
export function describeUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

export function forbiddenAddress(url: URL, address: string): RecetaError {
  return forbidden(
    url,
    `${address} is not an address of the public internet; an operator can allow private addresses with RECETA_ALLOW_PRIVATE_URLS`,
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
