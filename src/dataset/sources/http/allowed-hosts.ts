import ipaddr from 'ipaddr.js';
import { isPublicAddress } from './address-policy.js';

/** One entry of the operator's list of hosts that may be reached although they are not public. */
export interface AllowedHost {
  /** Lower-case name, IP address or CIDR range. */
  readonly host: string;
  /** `null`: the web's ports and those from 1024 on. */
  readonly port: number | null;
}

/** One address to which a connection is about to be made. */
export interface Target {
  /** As the URL names it: lower-case, without brackets and the last dot. */
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

/** Ports below 1024 belong to mail, shells and other services; only the web's own are fetched from. */
const webPorts: ReadonlySet<number> = new Set([80, 443]);
const firstFreePort = 1024;

/** Whether data is usually served on a port. */
export function isDataPort(port: number): boolean {
  return webPorts.has(port) || port >= firstFreePort;
}

/** Whether a source may be fetched from there: a public address and a usual port, or an entry of the list. */
export function isAllowedTarget(target: Target, allowed: readonly AllowedHost[]): boolean {
  if (isDataPort(target.port) && isPublicAddress(target.address)) return true;
  return allowed.some(({ host, port }) => {
    const matchesPort = port === null ? isDataPort(target.port) : port === target.port;
    return matchesPort && (host === target.host || isWithin(target.address, host));
  });
}

/** @param range IP address or CIDR range; anything else holds no address */
function isWithin(address: string, range: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (ipaddr.isValidCIDR(range)) {
    const [network, bits] = ipaddr.parseCIDR(range);
    return parsed.kind() === network.kind() && parsed.match(network, bits);
  }
  return ipaddr.isValid(range) && ipaddr.process(range).toString() === parsed.toString();
}
