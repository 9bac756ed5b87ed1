import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { arePackagesCurrent } from '../setup/npm-packages.mjs';
import { listSources } from './source-files.mjs';

const defaultRoot = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Says why the compiled program must not be started yet; `null` when it may.
 *
 * @param {string} [root]
 * @returns {string | null}
 */
export function findStaleness(root = defaultRoot) {
  if (!existsSync(join(root, 'node_modules'))) return 'The npm packages are not installed.';
  if (!existsSync(join(root, 'dist/bin/receta.js'))) return 'Receta is not compiled yet.';
  // An installation from an image has no sources that could have changed.
  if (!existsSync(join(root, 'src'))) return null;
  if (!arePackagesCurrent(root)) return 'The npm packages are not those of package-lock.json.';
  const builtMs = statSync(join(root, 'dist/build.tsbuildinfo'), {
    throwIfNoEntry: false,
  })?.mtimeMs;
  const newer = listSources(root).find(({ modifiedMs }) => modifiedMs > (builtMs ?? 0));
  return newer === undefined ? null : `${newer.path} changed since Receta was compiled.`;
}
