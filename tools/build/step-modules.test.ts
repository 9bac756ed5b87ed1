import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { listFiles } from './source-files.mjs';
import { jobDispatcher, jobsFolder, stepModules } from './step-modules.mjs';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const named = new Set(Object.values(stepModules).flat());

/** Texts that a pattern's first group matches in the sources of a path below src/. */
function find(pattern: RegExp, path = ''): string[] {
  const files = path === '' ? listFiles(src) : [join(src, path)];
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, text]) => text))
    .filter((text) => text !== undefined);
}

test('every module that a step names has a source', () => {
  const sources = new Set(listFiles(src).map((file) => file.slice(src.length)));
  const missing = [...named].filter((module) => !sources.has(module.replace(/\.js$/, '.ts')));
  expect(missing).toEqual([]);
});

test('every job of the SQL process belongs to a step', () => {
  const jobs = find(/import\('\.\/jobs\/([\w-]+\.js)'\)/g, jobDispatcher.replace(/\.js$/, '.ts'));
  expect(jobs.length).toBeGreaterThan(4);
  expect(jobs.filter((job) => !named.has(`${jobsFolder}${job}`))).toEqual([]);
});

test('every child process belongs to a step', () => {
  const entries = find(/childEntry\('([^']+)'\)/g);
  expect(entries.length).toBeGreaterThan(2);
  expect(entries.filter((entry) => !named.has(entry))).toEqual([]);
});
