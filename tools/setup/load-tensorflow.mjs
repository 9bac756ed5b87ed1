import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SetUpError } from './set-up-error.mjs';

// tfjs-node 4.22 still calls two functions of `util` that Node 23 removed.
const program = `
const util = require('node:util');
util.isNullOrUndefined ??= (value) => value == null;
util.isArray ??= Array.isArray;
const tf = require('@tensorflow/tfjs-node');
if (tf.add([1, 2], [3, 4]).dataSync().join() !== '4,6') throw new Error('a sum came out wrong');
console.log('TensorFlow=' + tf.backend().binding.TF_Version);
`;

/**
 * Loads the addon in a process of its own, computes a sum with it and returns TensorFlow's version.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>}
 */
export async function loadTensorflowVersion(root, env) {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], {
      cwd: root,
      env: { ...env, TF_CPP_MIN_LOG_LEVEL: '3', TF_ENABLE_ONEDNN_OPTS: '0' },
      timeout: 120_000,
    });
    const version = stdout.match(/^TensorFlow=(\S+)$/m)?.[1];
    if (version === undefined) throw new Error(`it printed ${JSON.stringify(stdout)}`);
    return version;
  } catch (cause) {
    const { stderr, message } = /** @type {{stderr?: string, message: string}} */ (cause);
    const reason = stderr?.match(/^\w*Error: .*$/m)?.[0] ?? message.split('\n')[0];
    throw new SetUpError(`Tried to load TensorFlow through tfjs-node: ${reason}`);
  }
}
