import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram, isExecutable } from './find-program.mjs';
import { SetUpError } from './set-up-error.mjs';
import { temporaryPath } from './temporary-path.mjs';

/**
 * @typedef {import('./types.js').Context} Context
 * @typedef {import('./types.js').Finding} Finding
 * @typedef {import('./types.js').Work} Work
 * @typedef {{
 *   program: string,
 *   version: string,
 *   binVariable: string,
 *   addressVariable: string,
 *   parseUsableVersion: (output: string) => string | null
 * }} ServerProgram `parseUsableVersion` reads `--version`; `null` when that version is not to be used
 */

const runFile = promisify(execFile);

/**
 * Finds a server's program: a server elsewhere, the variable, the PATH, then the cache.
 *
 * @param {ServerProgram} server
 * @param {Context} context
 * @returns {Promise<Finding>}
 */
export async function findServerProgram(server, context) {
  const { env } = context;
  const address = env[server.addressVariable];
  // Tests kill and restart servers, so they never use one that belongs to somebody else.
  if (address && context.purpose !== 'test') {
    return finding('external', null, address, `${server.addressVariable} points to a server`);
  }
  const explicit = env[server.binVariable];
  if (explicit) return inspectExplicit(server, explicit);

  const onPath = findProgram(server.program, env);
  const onPathVersion = onPath === null ? null : await readUsableVersion(server, onPath);
  if (onPath !== null && onPathVersion !== null) {
    return finding('ready', onPathVersion, onPath, 'on the PATH');
  }
  const cached = cachedProgram(server, context.cacheFolder);
  if (isExecutable(cached)) return finding('ready', server.version, cached, 'in the cache');
  const passedOver = onPath === null ? '' : `; ${onPath} is of a version that is not used`;
  return finding('missing', null, null, `not on the PATH and not in the cache${passedOver}`);
}

/**
 * Builds a server's program through `build` and publishes it in the cache.
 *
 * @param {ServerProgram} server
 * @param {Context} context
 * @param {(outputPath: string) => Promise<unknown>} build
 */
export async function publishServerProgram(server, context, build) {
  const target = cachedProgram(server, context.cacheFolder);
  const folder = dirname(target);
  const temporary = temporaryPath(folder);
  const output = join(temporary, server.program);
  mkdirSync(temporary, { recursive: true });
  await build(output);
  // What does not even tell its version must not reach the cache, where nobody looks at it again.
  await runFile(output, ['--version']);
  rmSync(folder, { recursive: true, force: true });
  renameSync(temporary, folder);
}

/**
 * @param {ServerProgram} server
 * @param {string} path
 * @returns {Promise<Finding>}
 */
async function inspectExplicit(server, path) {
  try {
    const { stdout } = await runFile(path, ['--version']);
    const version = server.parseUsableVersion(stdout) ?? stdout.split('\n')[0] ?? null;
    return finding('ready', version, path, `named by ${server.binVariable}`);
  } catch {
    throw new SetUpError(
      `${server.binVariable} is "${path}", which is not a program that can be run. Correct it or unset it.`,
    );
  }
}

/**
 * @param {ServerProgram} server
 * @param {string} path
 */
async function readUsableVersion(server, path) {
  try {
    return server.parseUsableVersion((await runFile(path, ['--version'])).stdout);
  } catch {
    return null;
  }
}

/**
 * @param {ServerProgram} server
 * @param {string} cacheFolder
 */
function cachedProgram(server, cacheFolder) {
  return join(cacheFolder, `${server.program}-${server.version}`, server.program);
}

/**
 * @param {Finding['state']} state
 * @param {string | null} version
 * @param {string | null} path
 * @param {string} how
 * @returns {Finding}
 */
function finding(state, version, path, how) {
  return { state, version, path, how };
}
