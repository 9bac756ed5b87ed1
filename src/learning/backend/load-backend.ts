import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { RecetaError } from '../../contract/errors.js';
import type { NetworkBackendName, TrainingBackend } from '../../contract/run-record.js';
import { restoreRemovedUtil } from './restore-removed-util.js';
import { requiredBackend } from './training-platform.js';

export type Tfjs = typeof import('@tensorflow/tfjs');

/** The part of tfjs-node's backend that tells which native library was loaded. */
interface NativeBackend {
  readonly binding?: { readonly TF_Version?: string };
}

/** Vendor packages are CommonJS and of considerable weight, so they are loaded on demand. */
const require = createRequire(import.meta.url);

const howToGetTensorflow =
  'Run `npm run setup`, which obtains and builds it (`receta doctor` says what is missing), or set ' +
  'RECETA_BACKEND=wasm to train without the native library.';

/**
 * Loads the asked backend into this process and no other.
 *
 * @throws RecetaError `backend-unavailable` when it cannot be loaded or is of another version than required
 */
export async function loadBackend(
  name: NetworkBackendName,
): Promise<{ readonly tf: Tfjs; readonly backend: TrainingBackend }> {
  const tf = name === 'tensorflow' ? loadTensorflow() : await loadWasm();
  const required = requiredBackend(name);
  const backend = { ...required, versions: readVersions(tf, name) };
  const isRight = Object.entries(required.versions).every(
    ([library, version]) => backend.versions[library] === version,
  );
  if (tf.getBackend() !== name || !isRight) {
    const found = `${describe(backend)}, and '${tf.getBackend()}' at work`;
    throw unavailable(`Loading the training backend ${describe(required)}: found ${found}.`);
  }
  return { tf, backend };
}

/** Versions of the libraries that were really loaded. */
function readVersions(tf: Tfjs, name: NetworkBackendName): TrainingBackend['versions'] {
  const tfjs = tf.version.tfjs;
  if (name !== 'tensorflow') return { tfjs };
  return { tfjs, tensorflow: (tf.backend() as NativeBackend).binding?.TF_Version ?? 'none' };
}

function loadTensorflow(): Tfjs {
  restoreRemovedUtil();
  try {
    return require('@tensorflow/tfjs-node') as Tfjs;
  } catch (cause) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0];
    throw unavailable(
      `Loading the training backend ${describe(requiredBackend('tensorflow'))}: it is not there (${reason}).`,
      cause,
    );
  }
}

async function loadWasm(): Promise<Tfjs> {
  const tf = require('@tensorflow/tfjs') as Tfjs;
  const wasm =
    require('@tensorflow/tfjs-backend-wasm') as typeof import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  wasm.setThreadsCount(1);
  await tf.setBackend('wasm');
  return tf;
}

function describe({ name, versions }: TrainingBackend): string {
  const libraries = Object.entries(versions).map(([library, version]) => `${library} ${version}`);
  return `'${name}' (${libraries.join(', ')})`;
}

function unavailable(found: string, cause?: unknown): RecetaError {
  return new RecetaError('backend-unavailable', `${found} ${howToGetTensorflow}`, { cause });
}
