import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { SetUpError } from './set-up-error.mjs';

/** Programs say what is wrong in their first or in their last lines. */
const shownLines = { first: 15, last: 25 };

/**
 * Runs a program to its end in a process group of its own, so that it can be killed with everything it started.
 *
 * Throws a SetUpError with the last lines of its output when it fails, and `signal.reason` when it was aborted.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('./types.js').RunOptions & {
 *   signal?: AbortSignal, onStart?: (pid: number) => void, onEnd?: (pid: number) => void
 * }} [options]
 * @returns {Promise<string>} its standard output
 */
export async function runProgram(command, args, options = {}) {
  options.signal?.throwIfAborted();
  const child = spawn(command, [...args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid !== undefined) options.onStart?.(pid);
  const stop = () => killGroup(pid);
  options.signal?.addEventListener('abort', stop, { once: true });

  /** @type {string[]} */
  const stdout = [];
  /** @type {string[]} */
  const output = [];
  const collect = (/** @type {string} */ line) => {
    output.push(line);
    if (output.length > shownLines.first + shownLines.last) output.splice(shownLines.first, 1);
    options.onLine?.(line);
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    stdout.push(line);
    collect(line);
  });
  createInterface({ input: child.stderr }).on('line', collect);

  try {
    const failure = await new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, signal) => resolve(code === 0 ? null : describeEnd(code, signal)));
    });
    options.signal?.throwIfAborted();
    if (failure !== null) {
      throw new SetUpError(
        [`\`${[command, ...args].join(' ')}\` failed: ${failure}.`, ...output].join('\n    '),
      );
    }
    return stdout.join('\n');
  } finally {
    options.signal?.removeEventListener('abort', stop);
    if (pid !== undefined) options.onEnd?.(pid);
  }
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function describeEnd(code, signal) {
  return signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`;
}

/** @param {number | undefined} pid */
function killGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
