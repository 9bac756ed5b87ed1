import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SetUpError } from './set-up-error.mjs';

const program = `
const library = require('koffi').load(process.argv[1]);
const threads = [0];
if (library.func('int LGBM_GetMaxThreads(_Out_ int *threads)')(threads) !== 0) throw new Error('a call failed');
`;

/**
 * Loads the library in a process of its own and calls a function of it.
 *
 * @param {string} root
 * @param {string} path
 */
export async function loadLightgbm(root, path) {
  try {
    const options = { cwd: root, timeout: 60_000 };
    await promisify(execFile)(process.execPath, ['-e', program, path], options);
  } catch (cause) {
    const { stderr, message } = /** @type {{stderr?: string, message: string}} */ (cause);
    const reason = stderr?.match(/^\w*Error: .*$/m)?.[0] ?? message.split('\n')[0];
    const advice = reason?.includes('libgomp')
      ? ' Install the OpenMP runtime with your package manager (libgomp1, libgomp).'
      : '';
    throw new SetUpError(`Tried to load LightGBM from ${path}: ${reason}.${advice}`);
  }
}
