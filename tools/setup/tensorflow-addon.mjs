import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileBytes } from './disk-space.mjs';
import { loadTensorflowVersion } from './load-tensorflow.mjs';
import { isLink, replaceLink } from './replace-link.mjs';
import { SetUpError } from './set-up-error.mjs';
import { temporaryPath } from './temporary-path.mjs';
import { isWithoutTensorflow, notNeeded, tensorflowFolder } from './tensorflow-library.mjs';
import { napiVersion, tensorflow } from './versions.mjs';

/**
 * @typedef {import('./types.js').Context} Context
 * @typedef {import('./types.js').Work} Work
 */

const addonName = 'tfjs_binding.node';

/** Names under which the linker and the addon look for the two libraries. */
const libraryLinks = {
  'libtensorflow_cc.so.2': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so.2': 'libtensorflow_framework.so.2',
  'libtensorflow.so': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
};

/** @type {import('./types.js').Part} */
export const tensorflowAddon = {
  name: 'addon',
  title: 'TensorFlow addon',
  needs: ['packages', 'tensorflow'],
  tools: ['compiler', 'make', 'python'],
  diskBytes: 0,
  async inspect(context) {
    if (isWithoutTensorflow(context)) return notNeeded();
    const path = installedAddon(context);
    const loaded = readStamp(context);
    if (loaded !== null && loaded === describeInstallation(context)) {
      const how = 'linked into node_modules, seen to load';
      return { state: 'ready', version: tensorflow.version, path, how };
    }
    const how = existsSync(cachedAddon(context)) ? 'in the cache, not linked' : 'not built';
    return { state: 'missing', version: null, path: null, how };
  },
  async produce(context, work) {
    const isCached = existsSync(cachedAddon(context));
    link(context);
    if (!isCached) {
      work.update('compiling, about 30 seconds');
      await compile(context, work);
    }
    install(context);
    work.update('loading it once');
    const found = await loadTensorflowVersion(context.root, context.env);
    if (found !== tensorflow.version) {
      throw new SetUpError(
        `The TensorFlow addon loads TensorFlow ${found}, expected ${tensorflow.version}. Unset RECETA_TENSORFLOW_DIR or point it to that version.`,
      );
    }
    writeFileSync(stampPath(context), describeInstallation(context) ?? '');
    return isCached ? 'linked from the cache' : 'compiled';
  },
};

/** @param {Context} context */
function packageFolder(context) {
  return join(context.root, 'node_modules/@tensorflow/tfjs-node');
}

/** @param {Context} context */
function installedAddon(context) {
  return join(packageFolder(context), `lib/napi-v${napiVersion}`, addonName);
}

/** @param {Context} context */
function cachedAddon(context) {
  const { dependencies } = JSON.parse(readFileSync(join(context.root, 'package.json'), 'utf8'));
  const tfjsVersion = dependencies['@tensorflow/tfjs-node'];
  const key = `tfjs-node-${tfjsVersion}-tensorflow-${tensorflow.version}-napi${napiVersion}`;
  return join(context.cacheFolder, key, addonName);
}

/**
 * Puts TensorFlow's headers and libraries where the addon's build and its run path expect them.
 *
 * @param {Context} context
 */
function link(context) {
  const source = tensorflowFolder(context);
  const deps = join(packageFolder(context), 'deps');
  mkdirSync(deps, { recursive: true });
  // Links made by an earlier set-up may be one link for the whole folder.
  if (isLink(join(deps, 'lib'))) rmSync(join(deps, 'lib'));
  mkdirSync(join(deps, 'lib'), { recursive: true });
  for (const [name, library] of Object.entries(libraryLinks)) {
    replaceLink(join(source, 'lib', library), join(deps, 'lib', name));
  }
  replaceLink(join(source, 'include'), join(deps, 'include'));
}

/**
 * @param {Context} context
 * @param {Work} work
 */
async function compile(context, work) {
  const target = cachedAddon(context);
  const temporary = temporaryPath(dirname(target));
  const prefix = nodePrefix(context.env);
  await work.run(
    process.execPath,
    [
      join(context.root, 'node_modules/node-gyp/bin/node-gyp.js'),
      'rebuild',
      ...(prefix === null ? [] : [`--nodedir=${prefix}`]),
      '--',
      '-Dmodule_name=tfjs_binding',
      `-Dmodule_path=${temporary}`,
      `-Dnapi_build_version=${napiVersion}`,
    ],
    { cwd: packageFolder(context), env: context.env },
  );
  rmSync(join(packageFolder(context), 'build'), { recursive: true, force: true });
  rmSync(dirname(target), { recursive: true, force: true });
  renameSync(temporary, dirname(target));
}

/**
 * Folder with Node's headers when they lie beside the program; otherwise node-gyp looks for them itself.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function nodePrefix(env) {
  const beside = dirname(dirname(realpathSync(process.execPath)));
  const candidates = [env.npm_config_nodedir, beside];
  const hasHeaders = (/** @type {string | undefined} */ folder) =>
    Boolean(folder) && existsSync(join(folder ?? '', 'include/node/node_api.h'));
  return candidates.find(hasHeaders) ?? null;
}

/** @param {Context} context */
function install(context) {
  const target = installedAddon(context);
  const temporary = temporaryPath(target);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(cachedAddon(context), temporary);
  renameSync(temporary, target);
}

/** @param {Context} context */
function stampPath(context) {
  return join(dirname(installedAddon(context)), 'receta-loaded.json');
}

/** @param {Context} context */
function readStamp(context) {
  try {
    return readFileSync(stampPath(context), 'utf8');
  } catch {
    return null;
  }
}

/**
 * What was there when the addon was seen to load; anything else has to be seen again.
 *
 * @param {Context} context
 * @returns {string | null}
 */
function describeInstallation(context) {
  const library = join(packageFolder(context), 'deps/lib/libtensorflow_cc.so.2');
  if (!existsSync(library) || !existsSync(tensorflowFolder(context))) return null;
  return JSON.stringify({
    node: process.versions.node,
    library: realpathSync(library),
    expected: realpathSync(tensorflowFolder(context)),
    libraryBytes: fileBytes(library),
    addonBytes: fileBytes(installedAddon(context)),
  });
}
