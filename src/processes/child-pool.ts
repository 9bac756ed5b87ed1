import { holdParent } from './hold-parent.js';
import { signalProcessGroup } from './process-group.js';
import { readResidentBytes } from './resident-set.js';
import type { ChildStart } from './start-child.js';
import { isWaiting, startWaitingChild, type WaitingChild } from './waiting-child.js';

/** Children of one kind stand in for each other. */
export interface ChildKind extends ChildStart {
  /** Path of a module that calls `serveJob`. */
  readonly entry: string;
  /** Tells children apart that are started alike and load different libraries; default: they are the same. */
  readonly library?: string;
}

export interface ChildPoolOptions {
  /** How long a child waits for a job before it is ended. */
  readonly idleMs?: number;
  /** Most children that wait at a time; the one that waits longest has to go. */
  readonly mostIdle?: number;
  /** A child that is left with more memory than this is ended, so that memory returns to the system after a job. */
  readonly keepBelowBytes?: number;
}

interface Idle {
  readonly key: string;
  readonly child: WaitingChild;
  readonly timer: NodeJS.Timeout;
}

/**
 * Children that wait for jobs, so that a job need not wait for a process to start and to load its libraries: those that
 * are done with a job, and those that were started ahead of one. None waits for long, and a job only ever gets a child
 * of the kind that it asks for.
 */
export class ChildPool {
  readonly #idleMs: number;
  readonly #mostIdle: number;
  readonly #keepBelowBytes: number;
  /** The one that waits longest first. */
  readonly #idle: Idle[] = [];
  #isClosed = false;

  constructor({
    idleMs = 10_000,
    mostIdle = 4,
    keepBelowBytes = 768 * 2 ** 20,
  }: ChildPoolOptions = {}) {
    this.#idleMs = idleMs;
    this.#mostIdle = mostIdle;
    this.#keepBelowBytes = keepBelowBytes;
  }

  /** A child for one job: one that waits, or a new one. */
  take(kind: ChildKind): WaitingChild {
    const key = keyOf(kind);
    for (;;) {
      const index = this.#idle.findLastIndex((idle) => idle.key === key);
      if (index === -1) return startWaitingChild(kind.entry, kind);
      const child = this.#remove(index);
      if (isWaiting(child)) {
        holdParent(child.process, true);
        return child;
      }
    }
  }

  /** Lets a child that is done with its job wait for another one, or ends it. */
  async keep(kind: ChildKind, child: WaitingChild): Promise<void> {
    const { pid } = child.process;
    const isSmall = pid !== undefined && readResidentBytes(pid) <= this.#keepBelowBytes;
    if (isSmall && isWaiting(child)) this.#add(kind, child);
    else await end(child);
  }

  /** Starts a child of the kind ahead of its job, unless one waits already. */
  prepare(kind: ChildKind): void {
    const key = keyOf(kind);
    if (this.#idle.some((idle) => idle.key === key && isWaiting(idle.child))) return;
    this.#add(kind, startWaitingChild(kind.entry, kind));
  }

  /** Ends all that wait, and all that would wait later. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.endIdle();
  }

  /** Ends all that wait. */
  async endIdle(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map(({ child, timer }) => endIdle(child, timer)));
  }

  #add(kind: ChildKind, child: WaitingChild): void {
    if (this.#isClosed) {
      void end(child);
      return;
    }
    const timer = setTimeout(() => {
      const index = this.#idle.findIndex((idle) => idle.child === child);
      if (index !== -1) void end(this.#remove(index));
    }, this.#idleMs).unref();
    holdParent(child.process, false);
    this.#idle.push({ key: keyOf(kind), child, timer });
    if (this.#idle.length > this.#mostIdle) void end(this.#remove(0));
  }

  #remove(index: number): WaitingChild {
    const [idle] = this.#idle.splice(index, 1);
    if (idle === undefined) throw new Error(`no child waits at place ${index}`);
    clearTimeout(idle.timer);
    return idle.child;
  }
}

function keyOf({ entry, library, env, memoryLimitBytes, dataLimitBytes }: ChildKind): string {
  return JSON.stringify([entry, library, env, memoryLimitBytes, dataLimitBytes]);
}

async function endIdle(child: WaitingChild, timer: NodeJS.Timeout): Promise<void> {
  clearTimeout(timer);
  await end(child);
}

/** It holds nothing that an orderly end would save. */
async function end({ process: { pid }, closed }: WaitingChild): Promise<void> {
  if (pid !== undefined) signalProcessGroup(pid, 'SIGKILL');
  await closed;
}
