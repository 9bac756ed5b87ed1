import { isIP } from 'node:net';

/** True for names and addresses that only this machine can reach: localhost, 127.0.0.0/8 and ::1. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (isIP(name) === 4) return name.startsWith('127.');
  if (isIP(name) === 6) return name === '::1';
  return name === 'localhost';
}

/** The name or address in a Host header, without its port; `null` when it has another form. */
export function parseHostHeader(header: string | undefined): string | null {
  const match = /^(\[[0-9A-Fa-f:.]+\]|[^:[\]/@\s]+)(?::\d{1,5})?$/.exec(header ?? '');
  return match?.[1] ?? null;
}
