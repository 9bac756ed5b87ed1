import { expect, test } from 'vitest';
import { agreesWithLockfile } from './npm-packages.mjs';

const lockfile = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a-darwin': { version: '1.0.0', optional: true },
  },
};

test('an installation agrees when only optional packages are absent', () => {
  expect(
    agreesWithLockfile(lockfile, { packages: { 'node_modules/a': { version: '1.0.0' } } }),
  ).toBe(true);
});

test.each([
  ['a package is absent', {}],
  ['a version differs', { 'node_modules/a': { version: '1.0.1' } }],
  [
    'a package is there that the lockfile does not know',
    { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } },
  ],
])('an installation disagrees when %s', (_, packages) => {
  expect(agreesWithLockfile(lockfile, { packages })).toBe(false);
});
