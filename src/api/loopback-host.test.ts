import { describe, expect, it } from 'vitest';
import { isLoopbackHost, parseHostHeader } from './loopback-host.js';

describe('isLoopbackHost', () => {
  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.8.8.8', '::1', '[::1]'])(
    'accepts %s',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );

  it.each([
    '0.0.0.0',
    '::',
    '10.0.0.1',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example',
    '',
  ])('refuses %j', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});

describe('parseHostHeader', () => {
  it.each([
    ['localhost:8080', 'localhost'],
    ['127.0.0.1', '127.0.0.1'],
    ['[::1]:8080', '[::1]'],
  ])('takes the host out of %s', (header, host) => {
    expect(parseHostHeader(header)).toBe(host);
  });

  it.each([undefined, '', 'localhost:8080:1', 'user@localhost', 'localhost/x', 'a b'])(
    'refuses %j',
    (header) => {
      expect(parseHostHeader(header)).toBeNull();
    },
  );
});
