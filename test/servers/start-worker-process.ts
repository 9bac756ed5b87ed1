import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const receta = fileURLToPath(new URL('../../dist/bin/receta.js', import.meta.url));
const readyWithinMs = 60_000;

export interface WorkerProcess {
  readonly pid: number;
  /** What it has written so far. */
  readonly output: () => string;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
}

/**
 * Starts `receta worker` as a process of its own and waits until it polls.
 *
 * @param env addresses and keys of the servers, as a user would set them
 * @param folder state folder of the worker; a later worker over the same folder cleans up after this one
 */
export async function startWorkerProcess(
  env: Readonly<Record<string, string>>,
  folder: string,
  queues = 'pipeline,data,train',
): Promise<WorkerProcess> {
  mkdirSync(folder, { recursive: true });
  const readyFile = join(folder, `ready-${process.hrtime.bigint()}`);
  const child = spawn(process.execPath, [receta, 'worker', '--queues', queues], {
    env: {
      PATH: process.env.PATH,
      ...env,
      RECETA_STATE_DIR: folder,
      RECETA_READY_FILE: readyFile,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => {
    stderr += text.toString();
  });
  const deadline = Date.now() + readyWithinMs;
  while (!existsSync(readyFile)) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the worker did not become ready:\n${stderr}`);
    }
    await delay(50);
  }
  // A process that was started has a pid.
  const pid = child.pid as number;
  return {
    pid,
    output: () => stderr,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
