import { describe, expect, it } from 'vitest';
import { assertObjectKey } from './assert-object-key.js';

describe('assertObjectKey', () => {
  it.each(['runs/a', 'a/b/c.json', 'odd/a b+c%20&<é>', `long/${'x'.repeat(255)}`])(
    'accepts %s',
    (key) => {
      expect(() => assertObjectKey(key)).not.toThrow();
    },
  );

  it.each([
    '',
    'folderless',
    '/a',
    'a/',
    'a//b',
    'a/../b',
    './a',
    'a\\b/c',
    'a/\n',
    'a/\ud800',
    `a/${'x'.repeat(256)}`,
    `a/${'é'.repeat(128)}`,
    Array.from({ length: 600 }, () => 'a').join('/'),
  ])('refuses %j', (key) => {
    expect(() => assertObjectKey(key)).toThrow('not valid');
  });
});
