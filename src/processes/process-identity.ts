import { readFileSync } from 'node:fs';
import { readProcessStartTime } from './process-start-time.js';

/** A process that cannot be mistaken for a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot. */
  readonly startTime: number;
  readonly bootId: string;
}

/** Reads who runs under a pid now; `null` when nobody does or only a zombie is left. */
export function readProcessIdentity(pid: number): ProcessIdentity | null {
  const startTime = readProcessStartTime(pid);
  return startTime === null ? null : { pid, startTime, bootId: readBootId() };
}

/** Tells whether this very process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return (
    readProcessStartTime(identity.pid) === identity.startTime && identity.bootId === readBootId()
  );
}

function readBootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
