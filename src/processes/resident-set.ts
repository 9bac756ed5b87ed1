import { readFileSync } from 'node:fs';

/** Linux on x86-64 always counts /proc/<pid>/statm in pages of this size. */
const pageBytes = 4096;

/** Memory of a process that is in RAM now, in bytes; 0 when the process is gone. */
export function readResidentBytes(pid: number): number {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]);
    return Number.isFinite(pages) ? pages * pageBytes : 0;
  } catch {
    return 0;
  }
}

export interface ResidentSetWatch {
  /** Largest value seen so far. */
  readonly peakBytes: number;
  stop(): void;
}

/** Samples a process's resident set and calls `onExceeded` once when it is above the limit. */
export function watchResidentSet(
  pid: number,
  limitBytes: number,
  onExceeded: (residentBytes: number) => void,
  intervalMs = 50,
): ResidentSetWatch {
  let peakBytes = 0;
  const timer = setInterval(() => {
    const residentBytes = readResidentBytes(pid);
    peakBytes = Math.max(peakBytes, residentBytes);
    if (residentBytes > limitBytes) {
      clearInterval(timer);
      onExceeded(residentBytes);
    }
  }, intervalMs);
  // The process that is watched keeps its parent waiting, or does not; its watch must not.
  timer.unref();
  return {
    get peakBytes() {
      return peakBytes;
    },
    stop: () => clearInterval(timer),
  };
}
