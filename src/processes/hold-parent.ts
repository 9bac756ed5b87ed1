import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';

/** Sets whether a child keeps its parent from ending by itself: while it works, not when idle. */
export function holdParent(child: ChildProcess, holds: boolean): void {
  const method = holds ? 'ref' : 'unref';
  child[method]();
  child.channel?.[method]();
  if (child.stderr instanceof Socket) child.stderr[method]();
}
