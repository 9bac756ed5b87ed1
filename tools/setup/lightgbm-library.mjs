import { existsSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileBytes } from './disk-space.mjs';
import { loadLightgbm } from './load-lightgbm.mjs';
import { replaceLink } from './replace-link.mjs';
import { SetUpError } from './set-up-error.mjs';
import { temporaryPath } from './temporary-path.mjs';
import { lightgbm } from './versions.mjs';
import { provideWheel } from './wheel.mjs';

/**
 * @typedef {import('./types.js').Context} Context
 * @typedef {import('./types.js').Work} Work
 */

const fileName = 'lib_lightgbm.so';

/** @type {import('./types.js').Part} */
export const lightgbmLibrary = {
  name: 'lightgbm',
  title: 'LightGBM library',
  needs: ['packages'],
  tools: ['python', 'pip'],
  diskBytes: 1e8,
  async inspect(context) {
    const explicit = context.env.RECETA_LIGHTGBM_DIR;
    if (explicit) assertUsableFolder(explicit);
    const source = libraryFile(context);
    const path = linkedLibrary(context);
    if (isUsable(context) && existsSync(path) && realpathSync(path) === realpathSync(source)) {
      const version = explicit ? null : lightgbm.version;
      const how = explicit ? 'named by RECETA_LIGHTGBM_DIR' : 'in the cache';
      return { state: 'ready', version, path: source, how };
    }
    const how = isUsable(context) ? 'in the cache, not linked' : 'not in the cache';
    return { state: 'missing', version: null, path: null, how };
  },
  async produce(context, work) {
    const isCached = isUsable(context);
    if (!isCached) await unpack(context, work);
    const path = linkedLibrary(context);
    mkdirSync(dirname(path), { recursive: true });
    work.update('loading it once');
    await loadLightgbm(context.root, libraryFile(context));
    replaceLink(libraryFile(context), path);
    return isCached ? 'linked' : `${lightgbm.version} unpacked`;
  },
};

/**
 * Takes the library out of the wheel; official downloads hold sources only.
 *
 * @param {Context} context
 * @param {Work} work
 */
async function unpack(context, work) {
  const wheel = await provideWheel(lightgbm, context, work);
  const folder = dirname(libraryFile(context));
  const temporary = temporaryPath(folder);
  await work.run('python3', ['-m', 'zipfile', '-e', wheel, temporary]);
  const library = join(temporary, 'lightgbm', 'lib', fileName);
  if (fileBytes(library) !== lightgbm.libraryBytes) {
    throw new SetUpError(
      `Unpacked ${wheel}, but ${library} is not as expected. Check the free disk space and repeat.`,
    );
  }
  mkdirSync(folder, { recursive: true });
  renameSync(library, libraryFile(context));
  rmSync(temporary, { recursive: true, force: true });
}

/**
 * Where the program looks for it: in the folder of the package that loads it.
 *
 * @param {Context} context
 */
function linkedLibrary(context) {
  return join(context.root, 'node_modules/koffi/native', fileName);
}

/** @param {Context} context */
function libraryFile(context) {
  const cached = join(context.cacheFolder, `lightgbm-${lightgbm.version}`);
  return resolve(context.env.RECETA_LIGHTGBM_DIR || cached, fileName);
}

/** @param {Context} context */
function isUsable(context) {
  const bytes = fileBytes(libraryFile(context));
  return context.env.RECETA_LIGHTGBM_DIR ? bytes !== null : bytes === lightgbm.libraryBytes;
}

/** @param {string} folder */
function assertUsableFolder(folder) {
  if (existsSync(join(folder, fileName))) return;
  throw new SetUpError(
    `RECETA_LIGHTGBM_DIR is "${folder}", where ${fileName} cannot be found. Correct it or unset it.`,
  );
}
