import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/**
 * What a module reaches through its imports.
 *
 * @typedef {{modules: string[], packages: string[]}} ModuleGraph paths below the folder, and names of npm packages
 */

/**
 * Follows the imports of compiled modules, dynamic ones included.
 *
 * @param {string} folder
 * @param {readonly string[]} entries paths below it
 * @param {(from: string, to: string) => boolean} isFollowed paths; a package is written `npm:<name>`
 * @returns {ModuleGraph} sorted
 */
export function walkModules(folder, entries, isFollowed) {
  /** @type {Set<string>} */
  const modules = new Set();
  /** @type {Set<string>} */
  const packages = new Set();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (modules.has(path)) continue;
    modules.add(path);
    for (const target of importsOf(folder, path)) {
      if (!isFollowed(path, target)) continue;
      if (target.startsWith('npm:')) packages.add(target.slice('npm:'.length));
      else waiting.push(target);
    }
  }
  return { modules: [...modules].sort(), packages: [...packages].sort() };
}

/**
 * @param {string} folder
 * @param {string} path
 */
function importsOf(folder, path) {
  if (!existsSync(join(folder, path))) {
    throw new Error(`${path} is named by a step or imported, but there is no such compiled module`);
  }
  if (path.endsWith('.json')) return [];
  const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, path), 'utf8'), true, true);
  return importedFiles.flatMap(({ fileName }) => {
    if (fileName.startsWith('node:')) return [];
    if (fileName.startsWith('.')) return [posix.join(posix.dirname(path), fileName)];
    return [`npm:${toPackageName(fileName)}`];
  });
}

/**
 * Name of the package of an import such as `@scope/name/lib/file.js`.
 *
 * @param {string} specifier
 */
function toPackageName(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
