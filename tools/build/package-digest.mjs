import { createHash } from 'node:crypto';

/**
 * @typedef {{version?: string, integrity?: string, dependencies?: Record<string, string>,
 *   optionalDependencies?: Record<string, string>}} LockedPackage
 * @typedef {{packages: Record<string, LockedPackage>}} PackageLock
 */

/**
 * Digest of an npm package and of everything that it depends on, as package-lock.json pins it.
 *
 * @param {PackageLock} lock
 * @param {string} name
 */
export function packageDigest(lock, name) {
  /** @type {Set<string>} */
  const seen = new Set();
  const waiting = [findLocked(lock, '', name)];
  if (waiting[0] === null) throw new Error(`package-lock.json does not name the package ${name}`);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    // An optional package of another platform may be absent.
    if (path === null || seen.has(path)) continue;
    seen.add(path);
    const { dependencies = {}, optionalDependencies = {} } = lock.packages[path] ?? {};
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
      waiting.push(findLocked(lock, path, needed));
    }
  }
  const pins = [...seen].sort().map((path) => {
    const { version = '', integrity = '' } = lock.packages[path] ?? {};
    return `${path} ${version} ${integrity}\n`;
  });
  return createHash('sha256').update(pins.join('')).digest('hex');
}

/**
 * Finds a package as Node does: beside its user, then one folder further up at a time.
 *
 * @param {PackageLock} lock
 * @param {string} from path of the user in node_modules
 * @param {string} name
 * @returns {string | null}
 */
function findLocked(lock, from, name) {
  const path = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (path in lock.packages) return path;
  if (from === '') return null;
  const parent = from.slice(0, from.lastIndexOf('node_modules/')).replace(/\/$/, '');
  return findLocked(lock, parent, name);
}
