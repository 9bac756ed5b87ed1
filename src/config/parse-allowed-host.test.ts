import { expect, test } from 'vitest';
import { parseAllowedHost } from './parse-allowed-host.js';

test.each([
  ['files.internal', 'files.internal', null],
  ['Files.Internal:8080', 'files.internal', 8080],
  ['localhost', 'localhost', null],
  ['127.0.0.1', '127.0.0.1', null],
  ['127.0.0.1:22', '127.0.0.1', 22],
  ['10.0.0.0/8', '10.0.0.0/8', null],
  ['10.0.0.0/8:9000', '10.0.0.0/8', 9000],
  ['::1', '::1', null],
  ['[::1]:9000', '::1', 9000],
  ['fc00::/7', 'fc00::/7', null],
  ['[fc00::/7]:80', 'fc00::/7', 80],
])('%s is an entry', (text, host, port) => {
  expect(parseAllowedHost(text)).toEqual({ host, port });
});

test.each([
  '',
  'http://files.internal',
  'files internal',
  '*.internal',
  '127.0.0',
  '300.1.1.1',
  '10.0.0.0/33',
  'files.internal/8',
  '127.0.0.1:0',
  '127.0.0.1:70000',
  '[127.0.0.1]:80',
  '::1:port',
])('%j is none', (text) => {
  expect(parseAllowedHost(text)).toBeNull();
});
