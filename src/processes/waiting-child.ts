import type { ChildProcess } from 'node:child_process';
import { readProcessStartTime } from './process-start-time.js';
import { type ChildStart, startChild } from './start-child.js';
import { keepTail, type StreamTail } from './stderr-tail.js';
import { type ChildExit, untilClosed } from './until-closed.js';

/** A started child to which no job was sent yet, or which is done with its last one. */
export interface WaitingChild {
  readonly process: ChildProcess;
  readonly closed: Promise<ChildExit>;
  readonly stderr: StreamTail;
}

/** Starts a child; its process keeps this one from ending until `holdParent` says otherwise. */
export function startWaitingChild(entry: string, start: ChildStart): WaitingChild {
  const child = startChild(entry, start);
  return { process: child, closed: untilClosed(child), stderr: keepTail(child.stderr) };
}

/** Whether a job can be sent; asks the kernel, as the event that a child has died may not have come yet. */
export function isWaiting({ process: { pid, connected } }: WaitingChild): boolean {
  return connected && pid !== undefined && readProcessStartTime(pid) !== null;
}
