import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const marker = '.tmp-';

/**
 * Name for something that is still being made, beside its final place so that one rename publishes it.
 *
 * @param {string} path
 */
export function temporaryPath(path) {
  return `${path}${marker}${process.pid}`;
}

/**
 * Removes what interrupted set-ups left. Only whoever holds the lock of the folder may do this.
 *
 * @param {string} folder
 */
export function sweepTemporaries(folder) {
  for (const name of readdirSync(folder)) {
    if (name.includes(marker)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
