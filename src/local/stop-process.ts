import { setTimeout as delay } from 'node:timers/promises';
import { signalProcessGroup } from '../processes/process-group.js';
import {
  isRunning,
  type ProcessIdentity,
  readProcessIdentity,
} from '../processes/process-identity.js';

const pollMs = 10;

/** Asks a process to end with TERM, gives it `graceMs`, then kills its whole group; resolves when it is gone. */
export async function stopProcess(identity: ProcessIdentity, graceMs: number): Promise<void> {
  if (isRunning(identity)) signal(identity.pid, 'SIGTERM');
  await waitUntilGone(identity, graceMs);
  await killProcess(identity);
}

/** Kills a process and everything left in its group; resolves when it is gone. */
export async function killProcess(identity: ProcessIdentity): Promise<void> {
  const recycled = readProcessIdentity(identity.pid) !== null && !isRunning(identity);
  if (recycled) return;
  // A group may outlive its leader, and its id is not given out again while a member lives.
  signalProcessGroup(identity.pid, 'SIGKILL');
  await waitUntilGone(identity, Number.POSITIVE_INFINITY);
}

/** Waits for the end of a process; false when it still runs after `timeoutMs`. */
async function waitUntilGone(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const endMs = performance.now() + timeoutMs;
  while (isRunning(identity)) {
    if (performance.now() >= endMs) return false;
    await delay(pollMs);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
