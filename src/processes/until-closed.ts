import type { ChildProcess } from 'node:child_process';

export interface ChildExit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** `close` rather than `exit`: every message and all of stderr has been read by then. */
export function untilClosed(child: ChildProcess): Promise<ChildExit> {
  return new Promise((resolve) => {
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }));
    child.once('error', () => {
      if (child.pid === undefined) resolve({ exitCode: null, signal: null });
    });
  });
}
