import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { codeDigests } from './code-digests.mjs';
import { stepModules } from './step-modules.mjs';

const lock = { packages: { 'node_modules/@duckdb/node-api': { version: '1', integrity: 'i' } } };
let dist = '';

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'receta-digests-'));
  for (const module of new Set(Object.values(stepModules).flat())) write(module, '');
  write(
    'dataset/sql-child.js',
    `import './sql/session.js';
     await import('./jobs/transform-table.js');
     await import('./jobs/split-table.js');`,
  );
  write('dataset/sql/session.js', `import '@duckdb/node-api';`);
  write('dataset/jobs/transform-table.js', `import '../../artifacts/artifact-store.js';`);
  write('artifacts/artifact-store.js', '');
});
afterEach(() => rmSync(dist, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(dist, path)), { recursive: true });
  writeFileSync(join(dist, path), text);
}

/** Steps whose digests are others after the change. */
function stepsThatChange(change: () => void): string[] {
  const before = codeDigests(dist, lock).steps;
  change();
  const after = codeDigests(dist, lock).steps;
  return Object.keys(after).filter(
    (step) => JSON.stringify(after[step]) !== JSON.stringify(before[step]),
  );
}

test('modules are named by their source, packages apart from them', () => {
  const { format, steps } = codeDigests(dist, lock);
  expect(format).toBe('receta-code/1');
  expect(Object.keys(steps.transform ?? {})).toEqual(
    expect.arrayContaining([
      'activities/transform-dataset.ts',
      'dataset/jobs/transform-table.ts',
      'dataset/sql/session.ts',
      'npm:@duckdb/node-api',
    ]),
  );
});

test('a job changes the steps that ask for it, and no other', () => {
  expect(stepsThatChange(() => write('dataset/jobs/transform-table.js', 'changed'))).toEqual([
    'transform',
  ]);
});

test('what all jobs share changes every step that runs SQL', () => {
  const changed = stepsThatChange(() => write('dataset/sql/session.js', 'changed'));
  expect(changed).toEqual(['validate', 'transform', 'prepare', 'tune', 'train', 'evaluate']);
});

test('plumbing changes no step', () => {
  expect(stepsThatChange(() => write('artifacts/artifact-store.js', 'changed'))).toEqual([]);
});
