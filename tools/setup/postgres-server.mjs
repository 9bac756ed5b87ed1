import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findPostgres } from './find-postgres.mjs';
import { SetUpError } from './set-up-error.mjs';
import { temporaryPath } from './temporary-path.mjs';
import { postgresUsableFrom } from './versions.mjs';

/**
 * The first come with every Debian, and mixing two builds of the C library breaks every program. The compiler library
 * is large, and without it the server only does not compile queries.
 */
const leftOut = /^(libc6|libgcc-s1|libstdc\+\+6|libcrypt1|libllvm\d+|libz3-4)$/;

/** @type {import('./types.js').Part} */
export const postgresServer = {
  name: 'postgres',
  title: 'PostgreSQL (tests)',
  needs: [],
  tools: [],
  diskBytes: 5e8,
  async inspect(context) {
    if (context.purpose !== 'test') {
      return { state: 'external', version: null, path: null, how: 'only the tests start one' };
    }
    const found = findPostgres(context);
    if (found !== null) {
      return { state: 'ready', version: found.version, path: found.folder, how: found.how };
    }
    const how = `no PostgreSQL ${postgresUsableFrom} or newer on the PATH, installed or in the cache`;
    return { state: 'missing', version: null, path: null, how };
  },
  async produce(context, work) {
    const target = join(context.cacheFolder, 'postgresql');
    const folder = temporaryPath(target);
    mkdirSync(folder, { recursive: true });
    try {
      await unpackPackages(folder, work);
    } catch (error) {
      throw new SetUpError(
        `PostgreSQL ${postgresUsableFrom} or newer, which the tests need, could not be fetched with apt-get. ` +
          `Install it with your package manager (postgresql), or run apt-get update and try again. ${/** @type {Error} */ (error).message}`,
      );
    }
    rmSync(target, { recursive: true, force: true });
    renameSync(folder, target);
    const found = findPostgres(context);
    if (found !== null) return `${found.version} unpacked`;
    throw new SetUpError(
      `The PostgreSQL that apt-get brought cannot be run. Install it with your package manager (postgresql).`,
    );
  },
};

/**
 * Fetches the distribution's server with its libraries and unpacks them, which needs no rights.
 *
 * @param {string} folder
 * @param {import('./types.js').Work} work
 */
async function unpackPackages(folder, work) {
  work.update('asking apt which packages it needs');
  const meta = await work.run('apt-cache', ['depends', 'postgresql']);
  const server = meta.match(/Depends: (postgresql-\d+)/)?.[1];
  if (server === undefined) throw new Error('apt knows no package postgresql.');
  const tree = await work.run('apt-cache', [
    'depends',
    '--recurse',
    '--no-recommends',
    '--no-suggests',
    '--no-conflicts',
    '--no-breaks',
    '--no-replaces',
    '--no-enhances',
    server,
  ]);
  const libraries = tree.split('\n').filter((name) => /^lib[a-z0-9.+-]+$/.test(name));
  const wanted = libraries.filter((name) => !leftOut.test(name));
  work.update(`fetching ${server} and ${wanted.length} libraries`);
  await work.run('apt-get', ['download', server, ...new Set(wanted)], { cwd: folder });
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.deb')) continue;
    await work.run('dpkg-deb', ['-x', join(folder, name), folder]);
    rmSync(join(folder, name));
  }
}
