import ipaddr from 'ipaddr.js';

/** Azure's metadata and DNS service: inside every Azure network, yet formally a public address. */
const azurePlatformAddress = '168.63.129.16';

/**
 * Whether an IP address belongs to the public internet. Private, loopback, link-local, shared, multicast, reserved
 * and tunnelled ranges do not, nor do IPv4 addresses of these ranges in an IPv6 coat.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && parsed.toString() !== azurePlatformAddress;
}
