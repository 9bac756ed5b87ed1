import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from '../config/read-environment.js';
import { RecetaError } from '../contract/errors.js';
import { describeOwner } from './claim-folder.js';
import { readLogTail } from './log-tail.js';
import type { RecetaPartContext } from './receta-parts.js';
import { readStackFile, type StackFile } from './stack-file.js';

export interface DetachedStackOptions {
  readonly stateDir: string;
  readonly env: Environment;
  /** Words that start the `receta` executable. */
  readonly receta: RecetaPartContext['receta'];
}

/** More than any part may take to become ready. */
const readyWithinMs = 120_000;
const pollMs = 25;

/**
 * Starts `receta up` as a process of its own that goes on when this one ends, and resolves when its stack is ready.
 * Its output goes to `logs/supervisor.log`; `stopStack` ends it.
 *
 * Errors: `stack-conflict` when the folder has an owner; `stack-failed` with the supervisor's last words.
 */
export async function startDetachedStack(options: DetachedStackOptions): Promise<StackFile> {
  const stateDir = resolve(options.stateDir);
  const conflict = describeOwner(stateDir);
  if (conflict !== null) throw conflict;
  const logPath = join(stateDir, 'logs', 'supervisor.log');
  mkdirSync(join(stateDir, 'logs'), { recursive: true, mode: 0o700 });
  const log = openSync(logPath, 'a', 0o600);
  const [command, ...words] = options.receta;
  const child = spawn(command, [...words, 'up'], {
    env: { ...options.env, RECETA_STATE_DIR: stateDir },
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let end: string | null = null;
  child.once('error', (error) => {
    end = error.message;
  });
  child.once('exit', (code, signal) => {
    end = signal ?? `exit code ${code}`;
  });
  const endMs = performance.now() + readyWithinMs;
  while (end === null && performance.now() < endMs) {
    const file = readStackFile(stateDir);
    if (file?.state === 'ready' && file.supervisor.pid === child.pid) {
      child.unref();
      return file;
    }
    await delay(pollMs);
  }
  if (end === null) child.kill('SIGTERM');
  throw new RecetaError(
    'stack-failed',
    `The stack did not become ready (${end ?? `after ${readyWithinMs / 1000} s`}). ` +
      `Last lines of ${logPath}:\n${readLogTail(logPath)}`,
  );
}
