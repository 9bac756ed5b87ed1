import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, listSources } from './source-files.mjs';

/**
 * What dist/ was built from.
 *
 * @typedef {{sources: string, bundle: string}} BuildStamp
 */

const stampPath = 'dist/.build-stamp.json';
const settings = [
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'tools/build/step-modules.mjs',
];

/** Rooms whose code may run inside the workflow sandbox. */
const bundledRooms = ['workflows', 'contract', 'features', 'tuning', 'evaluation'];

/**
 * Digest of names, sizes and times of the sources and of the settings they are built with: cheap, and different
 * whenever a build could have another result.
 *
 * @param {string} root
 */
export function sourcesDigest(root) {
  const hash = createHash('sha256');
  for (const { path, sizeBytes, modifiedMs } of listSources(root)) {
    hash.update(`${path} ${sizeBytes} ${modifiedMs}\n`);
  }
  for (const name of settings) hash.update(readFileSync(join(root, name)));
  return hash.digest('hex');
}

/**
 * Digest of the compiled code that goes into the workflow bundle.
 *
 * @param {string} root
 */
export function bundleDigest(root) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const room of bundledRooms.map((name) => join(root, 'dist', name)).filter(existsSync)) {
    for (const path of listFiles(room).sort()) hash.update(path).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @returns {BuildStamp | null}
 */
export function readBuildStamp(root) {
  try {
    return JSON.parse(readFileSync(join(root, stampPath), 'utf8'));
  } catch {
    return null;
  }
}

/**
 * @param {string} root
 * @param {BuildStamp} stamp
 */
export function writeBuildStamp(root, stamp) {
  writeFileSync(join(root, stampPath), JSON.stringify(stamp));
}
