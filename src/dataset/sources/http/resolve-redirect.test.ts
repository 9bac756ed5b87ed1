import { expect, test } from 'vitest';
import { resolveRedirect } from './resolve-redirect.js';

const strict = { allowedHosts: [] };
const from = new URL('https://example.com/a/data.csv');

test('a redirect is resolved against the address that sent it', () => {
  expect(resolveRedirect(from, '../b.csv?v=2', strict).href).toBe('https://example.com/b.csv?v=2');
  expect(resolveRedirect(from, 'https://files.example.org/b.csv', strict).host).toBe(
    'files.example.org',
  );
});

test.each([
  'https://127.0.0.1/b.csv',
  '//localhost/b.csv',
  'https://[::ffff:10.0.0.1]/',
  'https://u:p@example.com/',
])('a redirect to %s is forbidden', (location) => {
  expect(() => resolveRedirect(from, location, strict)).toThrow(
    expect.objectContaining({ code: 'source-forbidden' }),
  );
});

test('a redirect from https to http is forbidden, from http to https welcome', () => {
  expect(() => resolveRedirect(from, 'http://example.com/b.csv', strict)).toThrow('plain http');
  const plain = new URL('http://example.com/data.csv');
  expect(resolveRedirect(plain, from.href, strict).href).toBe(from.href);
});

test.each([undefined, 'http://', 'ftp://example.com/b.csv', 'file:///etc/passwd'])(
  'a redirect to %s is no source',
  (location) => {
    expect(() => resolveRedirect(from, location, strict)).toThrow(
      expect.objectContaining({ code: 'source-unreadable' }),
    );
  },
);
