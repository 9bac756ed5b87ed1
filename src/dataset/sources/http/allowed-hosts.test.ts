import { expect, test } from 'vitest';
import { type AllowedHost, isAllowedTarget } from './allowed-hosts.js';

const target = (host: string, address: string, port = 80) => ({ host, address, port });
const list = (...entries: [host: string, port?: number][]): AllowedHost[] =>
  entries.map(([host, port = null]) => ({ host, port }));

test('without a list only public addresses on usual ports are reached', () => {
  expect(isAllowedTarget(target('a.example', '93.184.216.34'), [])).toBe(true);
  expect(isAllowedTarget(target('a.example', '93.184.216.34', 8080), [])).toBe(true);
  expect(isAllowedTarget(target('a.example', '93.184.216.34', 22), [])).toBe(false);
  expect(isAllowedTarget(target('a.example', '10.0.0.1'), [])).toBe(false);
});

test.each([
  ['a name', list(['files.internal']), target('files.internal', '10.0.0.1')],
  ['an address', list(['10.0.0.1']), target('files.internal', '10.0.0.1')],
  ['an address in an IPv6 coat', list(['10.0.0.1']), target('x', '::ffff:10.0.0.1')],
  ['a range', list(['10.0.0.0/8']), target('x', '10.200.3.4', 9000)],
  ['an IPv6 range', list(['fc00::/7']), target('x', 'fd12::1')],
  ['a port of its own', list(['10.0.0.1', 22]), target('x', '10.0.0.1', 22)],
  ['a port of a public host', list(['a.example', 22]), target('a.example', '93.184.216.34', 22)],
])('%s on the list opens the way', (_what, allowed, wanted) => {
  expect(isAllowedTarget(wanted, allowed)).toBe(true);
});

test.each([
  ['another name', list(['files.internal']), target('other.internal', '10.0.0.1')],
  ['a longer name', list(['internal']), target('files.internal', '10.0.0.1')],
  ['an address outside the range', list(['10.0.0.0/8']), target('x', '11.0.0.1', 22)],
  ['another port than the listed one', list(['10.0.0.1', 9000]), target('x', '10.0.0.1', 9001)],
  ['a low port that is not listed', list(['10.0.0.1']), target('x', '10.0.0.1', 22)],
  ['an IPv4 address in an IPv6 range', list(['::/0']), target('x', '10.0.0.1')],
  ['no address at all', list(['10.0.0.0/8']), target('x', 'unknown')],
])('%s stays closed', (_what, allowed, wanted) => {
  expect(isAllowedTarget(wanted, allowed)).toBe(false);
});
