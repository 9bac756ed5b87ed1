import { execFileSync } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { compareVersions } from './compare-versions.mjs';
import { findProgram, isExecutable } from './find-program.mjs';
import { postgresUsableFrom } from './versions.mjs';

/** @typedef {import('./find-postgres.mjs').PostgresPrograms} PostgresPrograms */

/**
 * Finds PostgreSQL's server programs: on the PATH, where Debian puts them, then in the cache.
 *
 * @param {{env: NodeJS.ProcessEnv, cacheFolder: string}} context
 * @returns {PostgresPrograms | null}
 */
export function findPostgres({ env, cacheFolder: root }) {
  const onPath = findProgram('postgres', env);
  const cached = join(root, 'postgresql');
  const places = [
    ...(onPath === null ? [] : [place(dirname(realpathSync(onPath)), null, 'on the PATH')]),
    ...serverFolders('/usr/lib/postgresql').map((folder) => place(folder, null, 'installed')),
    ...serverFolders(join(cached, 'usr/lib/postgresql')).map((folder) =>
      place(folder, join(cached, 'usr/lib/x86_64-linux-gnu'), 'in the cache'),
    ),
  ];
  return places.find((found) => found !== null) ?? null;
}

/**
 * The one that the set-up has found or brought.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function locatePostgres(env) {
  return findPostgres({ env, cacheFolder: cacheFolder(env) });
}

/** @param {string} root */
function serverFolders(root) {
  try {
    const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(root, version, 'bin'));
  } catch {
    return [];
  }
}

/**
 * @param {string} folder
 * @param {string | null} libraryFolder
 * @param {string} how
 * @returns {PostgresPrograms | null}
 */
function place(folder, libraryFolder, how) {
  if (!['postgres', 'initdb'].every((name) => isExecutable(join(folder, name)))) return null;
  const version = readVersion(folder, libraryFolder);
  if (version === null || compareVersions(version, postgresUsableFrom) < 0) return null;
  return { folder, libraryFolder, version, how };
}

/**
 * @param {string} folder
 * @param {string | null} libraryFolder
 */
function readVersion(folder, libraryFolder) {
  const env = libraryFolder === null ? {} : { LD_LIBRARY_PATH: libraryFolder };
  try {
    const output = execFileSync(join(folder, 'postgres'), ['--version'], { env, encoding: 'utf8' });
    return output.match(/\) (\d+(\.\d+)*)/)?.[1] ?? null;
  } catch {
    return null;
  }
}
