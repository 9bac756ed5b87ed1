import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export interface ProcessMeasurement {
  readonly seconds: number;
  readonly peakBytes: number;
}

/** How often the memory of children is looked at; the kernel keeps the highest value of each. */
const pollMs = 10;

/** Runs a program to its end. */
export async function measureProcess(
  command: string,
  args: readonly string[],
): Promise<ProcessMeasurement> {
  return measureChildren(async () => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    const [exitCode] = await once(child, 'exit');
    if (exitCode !== 0) throw new Error(`${command} ended with exit code ${exitCode}`);
  });
}

/** Measures work that child processes do: its time, and the most memory that one of them had. */
export async function measureChildren(work: () => Promise<unknown>): Promise<ProcessMeasurement> {
  let peakBytes = 0;
  const timer = setInterval(() => {
    for (const pid of listChildren()) peakBytes = Math.max(peakBytes, readPeakBytes(pid));
  }, pollMs);
  const startedAtMs = performance.now();
  try {
    await work();
    return { seconds: (performance.now() - startedAtMs) / 1000, peakBytes };
  } finally {
    clearInterval(timer);
  }
}

function listChildren(): readonly number[] {
  const path = `/proc/self/task/${process.pid}/children`;
  return readFileSync(path, 'latin1').trim().split(' ').filter(Boolean).map(Number);
}

function readPeakBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    // It has ended since it was listed.
    return 0;
  }
}
