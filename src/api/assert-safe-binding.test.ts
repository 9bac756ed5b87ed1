import { expect, it } from 'vitest';
import { assertSafeBinding } from './assert-safe-binding.js';

it.each(['127.0.0.1', 'localhost', '::1'])('lets %s be bound without a key', (host) => {
  expect(() => assertSafeBinding({ host, key: null })).not.toThrow();
});

it.each(['0.0.0.0', '::', '192.168.1.5', 'example.org', ''])(
  'refuses to bind %j without a key',
  (host) => {
    expect(() => assertSafeBinding({ host, key: null })).toThrow(
      expect.objectContaining({ code: 'config-invalid' }),
    );
  },
);

it('lets any address be bound with a key', () => {
  expect(() => assertSafeBinding({ host: '0.0.0.0', key: 'k' })).not.toThrow();
});
