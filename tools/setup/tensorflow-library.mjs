import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileBytes } from './disk-space.mjs';
import { SetUpError } from './set-up-error.mjs';
import { temporaryPath } from './temporary-path.mjs';
import { tensorflow } from './versions.mjs';
import { provideWheel } from './wheel.mjs';

/** @typedef {import('./types.js').Context} Context */

const extractScript = fileURLToPath(new URL('./extract-members.py', import.meta.url));
const headerPath = 'include/tensorflow/c/c_api.h';

/** @type {import('./types.js').Part} */
export const tensorflowLibrary = {
  name: 'tensorflow',
  title: 'TensorFlow library',
  needs: [],
  tools: ['python', 'pip'],
  diskBytes: 8e9,
  async inspect(context) {
    if (isWithoutTensorflow(context)) return notNeeded();
    const explicit = context.env.RECETA_TENSORFLOW_DIR;
    if (explicit) {
      assertUsableFolder(explicit);
      const how = 'named by RECETA_TENSORFLOW_DIR';
      return { state: 'ready', version: null, path: explicit, how };
    }
    const path = cachedFolder(context);
    return isComplete(path)
      ? { state: 'ready', version: tensorflow.version, path, how: 'in the cache' }
      : { state: 'missing', version: null, path: null, how: 'not in the cache' };
  },
  async produce(context, work) {
    // Official downloads of the C library ended with 2.15 and refuse requests; the Python wheel carries it.
    const wheel = await provideWheel(tensorflow, context, work);
    work.update('unpacking the libraries, 820 MB');
    const folder = cachedFolder(context);
    const temporary = temporaryPath(folder);
    await work.run('python3', [extractScript, wheel, temporary]);
    if (!isComplete(temporary)) {
      throw new SetUpError(
        `Unpacked ${wheel}, but the TensorFlow libraries in ${temporary} are not as expected. Check the free disk space and repeat.`,
      );
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
    return `${tensorflow.version} unpacked`;
  },
};

/**
 * Folder with `lib` and `include` that the addon is built and linked against.
 *
 * @param {Context} context
 */
export function tensorflowFolder(context) {
  return context.env.RECETA_TENSORFLOW_DIR || cachedFolder(context);
}

/**
 * Training without the native library happens by explicit choice only, and never in the tests.
 *
 * @param {Context} context
 */
export function isWithoutTensorflow(context) {
  return context.env.RECETA_BACKEND === 'wasm' && context.purpose !== 'test';
}

/** @returns {import('./types.js').Finding} */
export function notNeeded() {
  return { state: 'external', version: null, path: null, how: 'not needed: RECETA_BACKEND=wasm' };
}

/** @param {Context} context */
function cachedFolder(context) {
  return join(context.cacheFolder, `tensorflow-${tensorflow.version}`);
}

/** @param {string} folder */
function isComplete(folder) {
  return (
    existsSync(join(folder, headerPath)) &&
    Object.entries(tensorflow.libraryBytes).every(
      ([name, bytes]) => fileBytes(join(folder, 'lib', name)) === bytes,
    )
  );
}

/** @param {string} folder */
function assertUsableFolder(folder) {
  const needed = [...Object.keys(tensorflow.libraryBytes).map((name) => `lib/${name}`), headerPath];
  const absent = needed.filter((name) => !existsSync(join(folder, name)));
  if (absent.length === 0) return;
  throw new SetUpError(
    `RECETA_TENSORFLOW_DIR is "${folder}", where ${absent.join(', ')} cannot be found. Correct it or unset it.`,
  );
}
