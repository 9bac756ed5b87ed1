import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Free bytes on the file system that will hold a folder, which may not exist yet.
 *
 * @param {string} folder
 */
export function freeBytes(folder) {
  const stats = statfsSync(nearestExisting(folder));
  return stats.bavail * stats.bsize;
}

/**
 * Size of a file or folder; links are not followed.
 *
 * @param {string} path
 */
export function fileBytes(path) {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}

/**
 * @param {string} folder
 * @returns {string}
 */
function nearestExisting(folder) {
  return existsSync(folder) ? folder : nearestExisting(dirname(folder));
}
