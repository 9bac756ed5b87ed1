import { expect, test } from 'vitest';
import { redirectToDist } from './compile-bench.mjs';

test.each([
  ['../src/local/free-port.js', 'bench/orchestration.ts', '../local/free-port.js'],
  [
    '../../../src/local/free-port.js',
    'bench/peers/prefect/measure.ts',
    '../../../local/free-port.js',
  ],
])('an import of %s in %s leads to the compiled room', (specifier, importer, redirected) => {
  expect(redirectToDist(specifier, `/project/${importer}`, '/project')).toBe(redirected);
});

test.each(['./bench-report.js', 'node:fs', '@temporalio/client'])(
  'an import of %s stays',
  (specifier) => {
    expect(redirectToDist(specifier, '/project/bench/orchestration.ts', '/project')).toBe(
      specifier,
    );
  },
);
