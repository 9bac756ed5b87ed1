import { readFileSync } from 'node:fs';

/**
 * A process that cannot be mistaken for a later one with the same pid.
 *
 * @typedef {{pid: number, startTicks: number, bootId: string}} ProcessIdentity
 */

/**
 * Reads who runs under a pid now; `null` when nobody does or only a zombie is left.
 *
 * @param {number} pid
 * @returns {ProcessIdentity | null}
 */
export function readProcessIdentity(pid) {
  let stat;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The command name in field 2 may itself hold blanks and brackets, so counting starts behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startTicks = Number(fields[19]);
  if (fields[0] === 'Z' || fields[0] === 'X' || !Number.isSafeInteger(startTicks)) return null;
  return { pid, startTicks, bootId: readBootId() };
}

/**
 * Tells whether this very process still runs.
 *
 * @param {ProcessIdentity} identity
 */
export function isRunning(identity) {
  const now = readProcessIdentity(identity.pid);
  return now !== null && now.startTicks === identity.startTicks && now.bootId === identity.bootId;
}

function readBootId() {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
