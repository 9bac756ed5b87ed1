import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { listFiles } from './source-files.mjs';

/** Files in dist/ that do not come from one source each. */
const kept = new Set(['.build-stamp.json', 'build.tsbuildinfo', 'workflow-bundle.js']);

/**
 * Paths below dist/ that a source is compiled into.
 *
 * @param {string} source path relative to the project, e.g. `src/bin/worker.ts`
 * @returns {string[]}
 */
function outputsOf(source) {
  const inner = relative('src', source);
  if (/\.d\.ts$/.test(inner) || inner.endsWith('.json')) return [];
  const compiled = inner.replace(/\.ts$/, '.js');
  return [compiled, `${compiled}.map`];
}

/**
 * Names the outputs that should be there and are not.
 *
 * @param {string} dist
 * @param {readonly string[]} sources
 */
export function findMissingOutputs(dist, sources) {
  return sources.flatMap(outputsOf).filter((output) => !existsSync(join(dist, output)));
}

/**
 * Removes what sources left in dist/ that are gone by now, so that nothing can import it any more.
 *
 * @param {string} dist
 * @param {readonly string[]} sources
 */
export function pruneOutputs(dist, sources) {
  const expected = new Set(sources.flatMap(outputsOf));
  for (const path of listFiles(dist)) {
    const inner = relative(dist, path);
    if (
      kept.has(inner) ||
      inner.startsWith('bench/') ||
      expected.has(inner) ||
      !/\.js(\.map)?$/.test(inner)
    )
      continue;
    rmSync(path);
    removeEmptyFolders(dirname(path), dist);
  }
}

/**
 * @param {string} folder
 * @param {string} top
 */
function removeEmptyFolders(folder, top) {
  if (folder === top || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  removeEmptyFolders(dirname(folder), top);
}
