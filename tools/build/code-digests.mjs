import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { walkModules } from './module-graph.mjs';
import { packageDigest } from './package-digest.mjs';
import { jobDispatcher, jobsFolder, plumbing, stepModules } from './step-modules.mjs';

/**
 * @typedef {import('./package-digest.mjs').PackageLock} PackageLock
 */

/**
 * Digests of the code of each step: sha256 of every compiled module, named by its source, and of every npm package.
 * The compiler leaves comments out, so they do not count.
 *
 * @param {string} dist
 * @param {PackageLock} lock
 */
export function codeDigests(dist, lock) {
  const steps = Object.entries(stepModules).map(([step, entries]) => {
    const { modules, packages } = walkModules(dist, entries, isFollowed);
    const digests = [
      ...modules.map((path) => [path.replace(/\.js$/, '.ts'), fileDigest(join(dist, path))]),
      ...packages.map((name) => [`npm:${name}`, packageDigest(lock, name)]),
    ];
    return [step, Object.fromEntries(digests)];
  });
  return { format: 'receta-code/1', steps: Object.fromEntries(steps) };
}

/**
 * @param {string} from
 * @param {string} to
 */
function isFollowed(from, to) {
  if (from === jobDispatcher && to.startsWith(jobsFolder)) return false;
  return !plumbing.some((pattern) => pattern.test(to));
}

/** @param {string} path */
function fileDigest(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
