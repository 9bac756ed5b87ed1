import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * @typedef {{path: string, sizeBytes: number, modifiedMs: number}} SourceFile path relative to the project
 */

const excluded = /\.(test|testsuite)\.ts$/;

/**
 * Lists the sources that are compiled into dist/, sorted by path.
 *
 * @param {string} root
 * @returns {SourceFile[]}
 */
export function listSources(root) {
  return listFiles(join(root, 'src'))
    .filter((path) => /\.(ts|json)$/.test(path) && !excluded.test(path))
    .map((path) => {
      const { size, mtimeMs } = statSync(path);
      return { path: relative(root, path), sizeBytes: size, modifiedMs: mtimeMs };
    })
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}

/**
 * All files below a folder.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}
