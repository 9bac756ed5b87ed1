import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { RecetaError } from '../contract/errors.js';
import { type ProcessIdentity, readProcessIdentity } from '../processes/process-identity.js';
import { deathSignalPrefix } from './death-signal-prefix.js';

export interface LaunchOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the process; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Standard output and error are appended here. */
  readonly logPath: string;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface LaunchedProcess {
  readonly identity: ProcessIdentity;
  readonly exited: Promise<Exit>;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C in a terminal reaches only us, and lets the kernel
 * kill it when we die in a way that leaves no time to stop it.
 *
 * Errors: `stack-failed` when the program cannot be started.
 */
export async function launchProcess(options: LaunchOptions): Promise<LaunchedProcess> {
  const [command, ...args] = [...deathSignalPrefix(), options.command, ...options.args];
  mkdirSync(dirname(options.logPath), { recursive: true, mode: 0o700 });
  const log = openSync(options.logPath, 'a', 0o600);
  try {
    const child = spawn(command as string, args, {
      env: { ...options.env },
      detached: true,
      stdio: ['ignore', log, log],
    });
    const exited = new Promise<Exit>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    const pid = child.pid as number; // Set once `spawn` was emitted.
    const identity = readProcessIdentity(pid) ?? { pid, startTime: 0, bootId: 'gone' };
    return { identity, exited };
  } catch (cause) {
    throw new RecetaError(
      'stack-failed',
      `Could not start ${options.name} from ${options.command}: ${(cause as Error).message}.`,
      { cause },
    );
  } finally {
    closeSync(log);
  }
}
