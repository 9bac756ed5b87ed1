import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const stampName = 'node_modules/.receta-packages';

/** @type {import('./types.js').Part} */
export const npmPackages = {
  name: 'packages',
  title: 'npm packages',
  needs: [],
  tools: ['npm'],
  diskBytes: 1e9,
  async inspect({ root }) {
    const path = join(root, 'node_modules');
    const how = existsSync(path) ? 'node_modules differs from package-lock.json' : 'not installed';
    return arePackagesCurrent(root)
      ? { state: 'ready', version: null, path, how: 'as package-lock.json says' }
      : { state: 'missing', version: null, path: null, how };
  },
  async produce({ root, env }, work) {
    work.update('npm ci');
    // Install scripts stay off: the one of tfjs-node downloads from an address that no longer answers.
    await work.run(
      'npm',
      ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'],
      { cwd: root, env },
    );
    writeFileSync(join(root, stampName), lockfileDigest(root));
    return 'installed';
  },
};

/**
 * Tells whether node_modules is what package-lock.json asks for, whoever installed it.
 *
 * @param {string} root
 */
export function arePackagesCurrent(root) {
  return readStamp(root) === lockfileDigest(root) || isAsLocked(root);
}

/** @param {string} root */
function lockfileDigest(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** @param {string} root */
function readStamp(root) {
  try {
    return readFileSync(join(root, stampName), 'utf8');
  } catch {
    return null;
  }
}

/**
 * Tells whether somebody else's `npm install` already made what the lockfile asks for. npm writes its own list last,
 * so an interrupted installation has none.
 *
 * @param {string} root
 */
function isAsLocked(root) {
  try {
    return agreesWithLockfile(
      JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')),
      JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8')),
    );
  } catch {
    return false;
  }
}

/**
 * Compares a lockfile with npm's list of what is installed; optional packages may be absent.
 *
 * @typedef {{packages: Record<string, {version?: string, optional?: boolean, devOptional?: boolean}>}} PackageList
 * @param {PackageList} lockfile
 * @param {PackageList} installed
 */
export function agreesWithLockfile(lockfile, installed) {
  const locked = Object.entries(lockfile.packages).filter(([path]) => path !== '');
  const isLocked = locked.every(([path, { version, optional }]) => {
    const found = installed.packages[path];
    return found === undefined ? optional === true : found.version === version;
  });
  return isLocked && Object.keys(installed.packages).every((path) => path in lockfile.packages);
}
