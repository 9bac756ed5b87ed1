import { isIP } from 'node:net';
import type { AllowedHost } from '../dataset/sources/http/allowed-hosts.js';

const hostName = /^[a-z0-9]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9_-]*[a-z0-9])?)*$/;

/**
 * Reads one entry of the list of allowed hosts: a name, an IP address or a CIDR range, with or without a port; IPv6
 * with a port stands in brackets. `null` for anything else.
 */
export function parseAllowedHost(text: string): AllowedHost | null {
  const lower = text.toLowerCase();
  if (isIP(lower) === 6 || isRange(lower, 6)) return { host: lower, port: null };
  const [, bracketed, plain, portText] =
    /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(lower) ?? [];
  const host = bracketed ?? plain ?? '';
  const port = portText === undefined ? null : Number(portText);
  if (port !== null && (port === 0 || port > 65_535)) return null;
  const isKnown =
    bracketed === undefined
      ? isIP(host) === 4 || isRange(host, 4) || isName(host)
      : isIP(host) === 6 || isRange(host, 6);
  return isKnown ? { host, port } : null;
}

/** What has only digits and dots was meant as an address. */
function isName(host: string): boolean {
  return hostName.test(host) && host.length <= 253 && !/^[\d.]+$/.test(host);
}

function isRange(text: string, version: 4 | 6): boolean {
  const [, address, bits] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  return isIP(address ?? '') === version && Number(bits) <= (version === 4 ? 32 : 128);
}
