import { existsSync, lstatSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { temporaryPath } from './temporary-path.mjs';

/**
 * Points a link to a target in one step, so that a process that starts meanwhile finds the old or the new one.
 *
 * @param {string} target
 * @param {string} path
 */
export function replaceLink(target, path) {
  const temporary = temporaryPath(path);
  rmSync(temporary, { force: true });
  symlinkSync(target, temporary);
  if (existsSync(path) && !isLink(path)) rmSync(path, { recursive: true });
  renameSync(temporary, path);
}

/** @param {string} path */
export function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
