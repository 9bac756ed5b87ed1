import { expect, test } from 'vitest';
import { describeUrl, parseSourceUrl } from './source-url.js';

const strict = { allowedHosts: [] };
const codeOf = (text: string): string => {
  try {
    parseSourceUrl(text, strict);
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test.each([
  'http://127.0.0.1/data.csv',
  'http://127.1/data.csv',
  'http://0x7f.1/data.csv',
  'http://2130706433/data.csv',
  'http://0177.0.0.1/data.csv',
  'http://0/data.csv',
  'http://[::1]/data.csv',
  'http://[::ffff:127.0.0.1]/data.csv',
  'http://localhost/data.csv',
  'http://LOCALHOST./data.csv',
  'http://api.localhost/data.csv',
  'http://169.254.169.254/latest/meta-data',
  'http://１２７.0.0.1/data.csv',
  'https://user:secret@example.com/data.csv',
  'http://example.com:22/data.csv',
])('%s is forbidden', (text) => {
  expect(codeOf(text)).toBe('source-forbidden');
});

test.each(['ftp://example.com/data.csv', 'file:///etc/passwd', 'data.csv', ''])(
  '%s is no address of a source',
  (text) => {
    expect(codeOf(text)).toBe('source-unreadable');
  },
);

test.each([
  'https://example.com/data.csv',
  'http://example.com:8080/data.csv?token=1',
  'http://93.184.216.34/data.csv',
])('%s is accepted', (text) => {
  expect(codeOf(text)).toBe('accepted');
});

test('what an operator allows is accepted, a password never', () => {
  const open = {
    allowedHosts: [
      { host: '127.0.0.0/8', port: null },
      { host: 'files', port: 81 },
    ],
  };
  expect(parseSourceUrl('http://localhost:1234/data.csv', open).port).toBe('1234');
  expect(parseSourceUrl('http://127.1:1234/data.csv', open).hostname).toBe('127.0.0.1');
  expect(parseSourceUrl('http://files:81/data.csv', open).port).toBe('81');
  expect(() => parseSourceUrl('http://10.0.0.1/data.csv', open)).toThrow('10.0.0.1');
  expect(() => parseSourceUrl('http://files:82/data.csv', open)).toThrow('port 82');
  expect(() => parseSourceUrl('http://user@localhost/data.csv', open)).toThrow('user name');
});

test('a URL is shown without its query, where tokens live', () => {
  expect(describeUrl(new URL('https://example.com/data.csv?token=secret#top'))).toBe(
    'https://example.com/data.csv',
  );
});
