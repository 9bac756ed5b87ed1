import { expect, test } from 'vitest';
import { packageDigest } from './package-digest.mjs';

function createLock(inner = 'sha512-inner') {
  return {
    packages: {
      '': {},
      'node_modules/model': {
        version: '1.0.0',
        integrity: 'sha512-model',
        dependencies: { tensor: '^2' },
        optionalDependencies: { 'tensor-win32': '2' },
      },
      'node_modules/model/node_modules/tensor': { version: '2.0.0', integrity: inner },
      'node_modules/tensor': { version: '3.0.0', integrity: 'sha512-outer' },
      'node_modules/other': { version: '1.0.0', integrity: 'sha512-other' },
    },
  };
}

test('a package changes with what it depends on, found where Node finds it', () => {
  expect(packageDigest(createLock(), 'model')).not.toBe(packageDigest(createLock('x'), 'model'));
  expect(packageDigest(createLock(), 'tensor')).toBe(packageDigest(createLock('x'), 'tensor'));
});

test('a package does not change with one that it does not use', () => {
  const lock = createLock();
  const changed = structuredClone(lock);
  changed.packages['node_modules/other'].integrity = 'sha512-changed';
  changed.packages['node_modules/tensor'].integrity = 'sha512-changed';
  expect(packageDigest(changed, 'model')).toBe(packageDigest(lock, 'model'));
});

test('an undeclared package is told by name', () => {
  expect(() => packageDigest(createLock(), 'nowhere')).toThrow(/nowhere/);
});
