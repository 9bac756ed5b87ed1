import { createRequire } from 'node:module';
import { vi } from 'vitest';
import { loadBackend, type Tfjs } from '../../backend/load-backend.js';

/** Makes a backend the one of this process. */
export async function loadTfjs(name: 'tensorflow' | 'wasm' | 'cpu'): Promise<Tfjs> {
  // TensorFlow greets on stderr unless told not to before it is loaded.
  vi.stubEnv('TF_CPP_MIN_LOG_LEVEL', '3');
  vi.stubEnv('TF_ENABLE_ONEDNN_OPTS', '0');
  const tf = createRequire(import.meta.url)('@tensorflow/tfjs') as Tfjs;
  // A backend that is not there yet is loaded; one that is only has to be chosen again.
  if (name === 'cpu' || tf.findBackend(name) !== null) await tf.setBackend(name);
  return name === 'cpu' ? tf : (await loadBackend(name)).tf;
}
