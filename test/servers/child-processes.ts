import { readdirSync, readFileSync } from 'node:fs';

export interface LivingProcess {
  readonly pid: number;
  readonly startTime: string;
}

/** The processes that a process has started itself and that still run. */
export function childrenOf(parentPid: number): LivingProcess[] {
  return listProcesses().filter(({ parent }) => parent === parentPid);
}

/** Those that still run; another process that got an old pid does not count. */
export function stillAlive(processes: readonly LivingProcess[]): LivingProcess[] {
  const living = new Set(listProcesses().map(({ pid, startTime }) => `${pid} ${startTime}`));
  return processes.filter(({ pid, startTime }) => living.has(`${pid} ${startTime}`));
}

function listProcesses(): (LivingProcess & { parent: number })[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const fields = readStat(pid);
    // State Z is a process that has ended and whose parent has not looked yet.
    if (fields === null || fields[0] === 'Z') return [];
    return [{ pid: Number(pid), parent: Number(fields[1]), startTime: fields[19] ?? '' }];
  });
}

/** Fields of /proc/<pid>/stat from the third on; the second may hold blanks and parentheses. */
function readStat(pid: string): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
