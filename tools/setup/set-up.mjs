import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createContext } from './create-context.mjs';
import { inspectPart } from './describe-parts.mjs';
import { freeBytes } from './disk-space.mjs';
import { serverVariables } from './locate-servers.mjs';
import { Lock } from './lock.mjs';
import { decideMachineProblems, readMachine } from './machine.mjs';
import { parts } from './parts.mjs';
import { formatElapsed, Progress } from './progress.mjs';
import { findMissingTools } from './required-tools.mjs';
import { runInOrder } from './run-in-order.mjs';
import { runProgram } from './run-program.mjs';
import { SetUpError } from './set-up-error.mjs';
import { sweepTemporaries } from './temporary-path.mjs';
import { withDependents } from './with-dependents.mjs';

/**
 * @typedef {import('./types.js').Context} Context
 * @typedef {import('./types.js').Part} Part
 * @typedef {import('./types.js').PartState} PartState
 */

const wayRound = `A way round: TEMPORAL_ADDRESS and S3_ENDPOINT point to servers that already run (then Go is not needed), and
RECETA_BACKEND=wasm trains without the native TensorFlow library (then no compiler is needed, and with a LightGBM
library named by RECETA_LIGHTGBM_DIR no pip either).`;

/**
 * Provides every part that is missing and returns the environment in which Receta finds them. Refuses before any
 * work when the machine, the disk or the installed tools do not suffice.
 *
 * Throws a SetUpError whose message says what to do.
 *
 * @param {{purpose?: import('./types.js').Purpose, quiet?: boolean, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<{env: NodeJS.ProcessEnv, parts: PartState[]}>}
 */
export async function setUp({ purpose = 'run', quiet = false, env = process.env } = {}) {
  const startedMs = performance.now();
  refuseMachine();
  const context = createContext({ purpose, env });
  const missing = await findMissing(context);
  const progress = new Progress(process.stderr);
  if (missing.length > 0) await provide(context, progress);
  const states = await inspectAll(context);
  const absent = states.filter(({ state }) => state === 'missing').map(({ title }) => title);
  if (absent.length > 0) {
    throw new SetUpError(
      `Set-up ended without ${absent.join(' and ')}: something removed it meanwhile. Run the command again.`,
    );
  }
  if (!quiet) {
    const elapsed = formatElapsed(performance.now() - startedMs);
    progress.note(`Set-up: everything is in place (${elapsed}).`);
  }
  return { env: { ...env, ...serverVariables(states) }, parts: states };
}

function refuseMachine() {
  const problems = decideMachineProblems(readMachine());
  if (problems.length === 0) return;
  throw new SetUpError(['Receta cannot run on this machine.', ...problems].join('\n  '));
}

/** @param {Context} context */
function inspectAll(context) {
  return Promise.all(parts.map((part) => inspectPart(part, context)));
}

/** @param {Context} context */
async function findMissing(context) {
  const states = await inspectAll(context);
  const missing = parts.filter((_, index) => states[index]?.state === 'missing');
  const external = parts.filter((_, index) => states[index]?.state === 'external');
  return withDependents(parts, missing).filter((part) => !external.includes(part));
}

/**
 * Produces what is missing, alone among all set-ups that share the cache.
 *
 * @param {Context} context
 * @param {Progress} progress
 */
async function provide(context, progress) {
  mkdirSync(context.cacheFolder, { recursive: true });
  const lock = await Lock.take(join(context.cacheFolder, 'set-up.lock'), {
    onWait: (pid) => progress.note(`Set-up: waiting for another set-up (pid ${pid}) to end.`),
  });
  const abort = new AbortController();
  const stopListening = abortOnSignals(abort);
  try {
    // Whoever was waited for may have provided everything.
    const missing = await findMissing(context);
    refuseMissingTools(context, missing);
    refuseSmallDisk(context, missing);
    sweepTemporaries(context.cacheFolder);
    await runInOrder(
      missing,
      (part) => produce(part, context, { progress, lock, signal: abort.signal }),
      (error) => abort.abort(error),
    );
  } finally {
    stopListening();
    lock.release();
  }
}

/**
 * @param {Part} part
 * @param {Context} context
 * @param {{progress: Progress, lock: Lock, signal: AbortSignal}} surroundings
 */
async function produce(part, context, { progress, lock, signal }) {
  const line = progress.start(part.title, 'starting');
  try {
    const done = await part.produce(context, {
      update: line.update,
      run: (command, args, options) =>
        runProgram(command, args, {
          ...options,
          signal,
          onStart: (pid) => lock.addChild(pid),
          onEnd: (pid) => lock.removeChild(pid),
        }),
    });
    line.done(done);
  } catch (error) {
    line.fail(signal.aborted ? 'stopped' : '');
    throw error;
  }
}

/**
 * @param {Context} context
 * @param {readonly Part[]} missing
 */
function refuseMissingTools(context, missing) {
  const problems = findMissingTools(missing, context.env);
  if (problems.length === 0) return;
  const count = problems.length === 1 ? 'a program is' : `${problems.length} programs are`;
  const lines = [`Set-up cannot begin: ${count} missing.`, ...problems.map((text) => `  ${text}`)];
  throw new SetUpError([...lines, ...(context.purpose !== 'test' ? [wayRound] : [])].join('\n'));
}

/**
 * @param {Context} context
 * @param {readonly Part[]} missing
 */
function refuseSmallDisk(context, missing) {
  const needed = Math.max(0, ...missing.map((part) => part.diskBytes));
  for (const folder of new Set([context.cacheFolder, context.root])) {
    const free = freeBytes(folder);
    if (free >= needed) continue;
    throw new SetUpError(
      `Set-up needs ${needed / 1e9} GB of free disk space, and ${folder} has ${(free / 1e9).toFixed(1)} GB. ` +
        'Free some, or let RECETA_CACHE_DIR name a folder on another disk.',
    );
  }
}

/**
 * Ctrl-C and TERM end running programs; what they were writing is swept by the next set-up.
 *
 * @param {AbortController} abort
 */
function abortOnSignals(abort) {
  const message = 'Set-up was interrupted. The same command goes on from here.';
  const onInterrupt = () => abort.abort(new SetUpError(message, { exitCode: 130 }));
  const onTerminate = () => abort.abort(new SetUpError(message, { exitCode: 143 }));
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return () => {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
  };
}
