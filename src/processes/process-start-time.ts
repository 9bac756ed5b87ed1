import { readFileSync } from 'node:fs';

/**
 * Start time of a living process in clock ticks since boot (field 22 of /proc/<pid>/stat); `null` when there is no
 * such process or only its zombie. Together with the pid it names one process for as long as the machine is up.
 */
export function readProcessStartTime(pid: number): number | null {
  try {
    return parseProcessStartTime(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return null;
  }
}

/** The parsing half: the second field, the command's name, may itself hold blanks and parentheses. */
export function parseProcessStartTime(stat: string): number | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  const ticks = Number(fields[19]);
  return state === 'Z' || state === 'X' || !Number.isSafeInteger(ticks) ? null : ticks;
}
