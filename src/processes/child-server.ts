import type { ChildProcess } from 'node:child_process';
import { RecetaError } from '../contract/errors.js';
import { memoryLimitError, toDeathError } from './child-death.js';
import { holdParent } from './hold-parent.js';
import { readOomKills } from './oom-kills.js';
import { signalProcessGroup } from './process-group.js';
import type { ProcessRegistry } from './process-registry.js';
import { type ResidentSetWatch, watchResidentSet } from './resident-set.js';
import type { CallEnvelope, ReplyEnvelope } from './serve-calls.js';
import { startChild } from './start-child.js';
import { keepTail, type StreamTail } from './stderr-tail.js';
import { untilClosed } from './until-closed.js';
import { fromWireError } from './wire-error.js';

export interface ChildServerOptions {
  /** Path of a module that calls `serveCalls`. */
  readonly entry: string;
  /** What the child is, as it reads at the head of an error message. */
  readonly label: string;
  readonly memoryLimitBytes: number;
  /** As in `ChildOptions`. */
  readonly dataLimitBytes?: number;
  readonly settingPrefix: string;
  /** Of one call, the time in which it waits for its turn included. */
  readonly deadlineMs: number;
  readonly registry?: ProcessRegistry;
}

/**
 * A child process that answers call after call, one at a time. It is started by the first call, and again by the next
 * one after it died, hung or outgrew its memory.
 */
export class ChildServer<Request, Reply> {
  readonly #options: ChildServerOptions;
  #running: RunningChild<Request, Reply> | null = null;
  #lastCall: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(options: ChildServerOptions) {
    this.#options = options;
  }

  /** Errors: whatever RecetaError the handler threw, `deadline-exceeded`, `memory-limit-exceeded`, `child-crashed`. */
  call(request: Request): Promise<Reply> {
    const calledAtMs = performance.now();
    const call = this.#lastCall.then(() => {
      const leftMs = this.#options.deadlineMs - (performance.now() - calledAtMs);
      return this.#callNow(request, leftMs);
    });
    this.#lastCall = call.catch(() => undefined);
    return call;
  }

  /** Ends the child; a call that is under way fails. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running?.end(
      new RecetaError('child-crashed', `${this.#options.label} was closed.`),
    );
    this.#running = null;
  }

  async #callNow(request: Request, leftMs: number): Promise<Reply> {
    const { label, deadlineMs } = this.#options;
    if (this.#isClosed) throw new RecetaError('child-crashed', `${label} was closed.`);
    const late = new RecetaError(
      'deadline-exceeded',
      `${label} did not answer within its deadline of ${deadlineMs / 1_000} s. Send less in one request.`,
    );
    if (leftMs <= 0) throw late;
    this.#running ??= await RunningChild.start<Request, Reply>(this.#options);
    const running = this.#running;
    const timer = setTimeout(() => void running.end(late), leftMs);
    try {
      return await running.call(request);
    } finally {
      clearTimeout(timer);
      if (running.isOver && this.#running === running) this.#running = null;
    }
  }
}

interface PendingCall<Reply> {
  readonly call: number;
  resolve(reply: Reply): void;
  reject(error: unknown): void;
}

/** One life of the child. */
class RunningChild<Request, Reply> {
  readonly untilGone: Promise<void>;
  readonly #child: ChildProcess;
  readonly #options: ChildServerOptions;
  readonly #memory: ResidentSetWatch | null;
  readonly #oomKillsBefore = readOomKills();
  readonly #stderrTail: StreamTail;
  #callCount = 0;
  #pending: PendingCall<Reply> | null = null;
  #ending: unknown = null;

  private constructor(child: ChildProcess, options: ChildServerOptions) {
    this.#child = child;
    this.#options = options;
    this.#stderrTail = keepTail(child.stderr);
    this.untilGone = this.#watchEnd();
    child.on('message', (envelope) => this.#receive(envelope as ReplyEnvelope<Reply>));
    const { pid } = child;
    this.#memory =
      pid === undefined
        ? null
        : watchResidentSet(pid, options.memoryLimitBytes, (residentBytes) => {
            void this.end(memoryLimitError(options, residentBytes));
          });
    holdParent(child, false);
  }

  static async start<Request, Reply>(
    options: ChildServerOptions,
  ): Promise<RunningChild<Request, Reply>> {
    const child = startChild(options.entry, options);
    const running = new RunningChild<Request, Reply>(child, options);
    if (child.pid !== undefined) {
      await options.registry?.record({ pid: child.pid, label: options.label });
    }
    return running;
  }

  get isOver(): boolean {
    return this.#ending !== null;
  }

  async call(request: Request): Promise<Reply> {
    holdParent(this.#child, true);
    try {
      return await this.#send(request);
    } finally {
      if (this.isOver) await this.untilGone;
      holdParent(this.#child, false);
    }
  }

  #send(request: Request): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.#ending !== null) {
        reject(this.#ending);
        return;
      }
      this.#callCount += 1;
      const call = this.#callCount;
      this.#pending = { call, resolve, reject };
      const envelope: CallEnvelope<Request> = { call, request };
      // A child that died is reported by its close event, not by the failed send.
      if (this.#child.connected) this.#child.send(envelope, () => undefined);
    });
  }

  #receive(envelope: ReplyEnvelope<Reply>): void {
    const pending = this.#pending;
    if (pending?.call !== envelope.call) return;
    this.#pending = null;
    if (envelope.ok) pending.resolve(envelope.reply);
    else pending.reject(fromWireError(envelope.error, this.#options.label));
  }

  /** Kills the child; a call under way fails with the error. */
  async end(error: unknown): Promise<void> {
    this.#ending ??= error;
    const { pid } = this.#child;
    if (pid !== undefined) signalProcessGroup(pid, 'SIGKILL');
    await this.untilGone;
  }

  async #watchEnd(): Promise<void> {
    const { exitCode, signal } = await untilClosed(this.#child);
    this.#memory?.stop();
    const { pid } = this.#child;
    if (pid !== undefined) {
      signalProcessGroup(pid, 'SIGKILL');
      await this.#options.registry?.forget(pid);
    }
    const { label, memoryLimitBytes, settingPrefix } = this.#options;
    this.#ending ??= toDeathError({
      label,
      exitCode,
      signal,
      stderrTail: this.#stderrTail.read(),
      memoryLimitBytes,
      settingPrefix,
      peakBytes: this.#memory?.peakBytes ?? 0,
      oomKilled: readOomKills() > this.#oomKillsBefore,
    });
    this.#pending?.reject(this.#ending);
  }
}
