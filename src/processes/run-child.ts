import type { ChildProcess } from 'node:child_process';
import { RecetaError } from '../contract/errors.js';
import { memoryLimitError, toDeathError } from './child-death.js';
import type { ChildKind, ChildPool } from './child-pool.js';
import type { ChildEnvelope, JobEnvelope } from './child-protocol.js';
import { readOomKills } from './oom-kills.js';
import { endProcessGroup, signalProcessGroup } from './process-group.js';
import type { ProcessRegistry } from './process-registry.js';
import { watchResidentSet } from './resident-set.js';
import { startWaitingChild } from './waiting-child.js';
import { fromWireError } from './wire-error.js';

export interface ChildOptions<Job, Message> extends ChildKind {
  /** What the child is, as it reads at the head of an error message, e.g. `The SQL process`. */
  readonly label: string;
  readonly job: Job;
  readonly deadlineMs: number;
  /** Begins the names of the settings `..._MEMORY_BYTES` and `..._DEADLINE_MS` that an operator may raise. */
  readonly settingPrefix: string;
  readonly signal?: AbortSignal;
  readonly onMessage?: (message: Message) => void;
  readonly registry?: ProcessRegistry;
  /** Where children wait for jobs; default: one is started for the job and ends with it. */
  readonly pool?: ChildPool;
  /** What comes after the job, in a pool: the child waits for another one, or it ends and a new one waits. */
  readonly afterwards?: 'keep' | 'replace';
}

type Ending<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly error: unknown };

/** How long a child may go on after its answer before it is killed. */
const exitGraceMs = 2_000;

/** A longer delay would make Node's timer fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Runs one job in a child process and returns its result, once the process and its whole group is gone, or waits for
 * another job.
 *
 * Errors: whatever RecetaError the job threw, `memory-limit-exceeded`, `deadline-exceeded`, `child-crashed`, or the
 * signal's reason after an abort (TERM, two seconds, KILL). The process is gone after each of them.
 */
export async function runChild<Job, Message, Result>(
  options: ChildOptions<Job, Message>,
): Promise<Result> {
  const { signal, pool, registry, afterwards } = options;
  signal?.throwIfAborted();
  const oomKillsBefore = readOomKills();
  const child = pool?.take(options) ?? startWaitingChild(options.entry, options);
  const { pid } = child.process;
  const isLast = pool === undefined || afterwards !== 'keep';
  const guard = new ChildGuard<Job, Message, Result>(child.process, options, isLast);
  try {
    // Before the job is sent an orphan would end by itself, so nothing unrecorded ever works.
    if (pid !== undefined) await registry?.record({ pid, label: options.label });
    const envelope: JobEnvelope<Job> = { kind: 'job', job: options.job, isLast };
    // A child that died early is reported by its close event, not by the failed send.
    if (child.process.connected) child.process.send(envelope, () => undefined);
  } catch (error) {
    guard.fail(error, 'SIGKILL');
  }
  if (afterwards === 'replace') pool?.prepare(options);
  const exit = await Promise.race([child.closed, guard.untilDone]);
  guard.release();
  if (pid !== undefined && exit !== null) signalProcessGroup(pid, 'SIGKILL');
  if (pid !== undefined) await registry?.forget(pid);
  if (exit === null) {
    child.stderr.clear();
    await pool?.keep(options, child);
  }
  const { ending } = guard;
  if (ending?.ok) return ending.result;
  // Whoever looks after a failure or a cancellation finds no process at all.
  await pool?.endIdle();
  if (ending !== null) throw ending.error;
  throw toDeathError({
    label: options.label,
    exitCode: exit?.exitCode ?? null,
    signal: exit?.signal ?? null,
    stderrTail: child.stderr.read(),
    memoryLimitBytes: options.memoryLimitBytes,
    settingPrefix: options.settingPrefix,
    peakBytes: guard.peakBytes,
    oomKilled: readOomKills() > oomKillsBefore,
  });
}

/** Listens to a child and to everything that may end it; the first ending counts. */
class ChildGuard<Job, Message, Result> {
  ending: Ending<Result> | null = null;
  /** Resolves when a child that goes on has done its job; never for one that ends. */
  readonly untilDone: Promise<null>;
  readonly #child: ChildProcess;
  readonly #options: ChildOptions<Job, Message>;
  readonly #isLast: boolean;
  readonly #releases: (() => void)[] = [];
  readonly #memory: { readonly peakBytes: number };

  constructor(child: ChildProcess, options: ChildOptions<Job, Message>, isLast: boolean) {
    this.#child = child;
    this.#options = options;
    this.#isLast = isLast;
    this.untilDone = new Promise((resolve) => {
      const receive = (envelope: unknown): void => {
        this.#receive(envelope as ChildEnvelope<Message, Result>);
        if (this.ending?.ok === true && !isLast) resolve(null);
      };
      child.on('message', receive);
      this.#releases.push(() => child.off('message', receive));
    });
    this.#memory = this.#watchMemory();
    this.#watchDeadline();
    this.#watchAbort();
  }

  get peakBytes(): number {
    return this.#memory.peakBytes;
  }

  /** Ends the child with an error of the parent's side, unless it has an ending already. */
  fail(error: unknown, how: 'SIGTERM' | 'SIGKILL'): void {
    if (this.ending !== null) return;
    this.ending = { ok: false, error };
    this.#end(how);
  }

  release(): void {
    for (const release of this.#releases) release();
  }

  #receive(envelope: ChildEnvelope<Message, Result>): void {
    if (this.ending !== null) return;
    if (envelope.kind === 'message') {
      try {
        this.#options.onMessage?.(envelope.message);
      } catch (error) {
        this.fail(error, 'SIGKILL');
      }
      return;
    }
    this.ending =
      envelope.kind === 'result'
        ? { ok: true, result: envelope.result }
        : { ok: false, error: fromWireError(envelope.error, this.#options.label) };
    if (this.ending.ok && !this.#isLast) return;
    const timer = setTimeout(() => this.#end('SIGKILL'), exitGraceMs);
    this.#releases.push(() => clearTimeout(timer));
  }

  #watchMemory(): { readonly peakBytes: number } {
    const { memoryLimitBytes } = this.#options;
    const pid = this.#child.pid;
    if (pid === undefined) return { peakBytes: 0 };
    const watch = watchResidentSet(pid, memoryLimitBytes, (residentBytes) =>
      this.fail(memoryLimitError(this.#options, residentBytes), 'SIGKILL'),
    );
    this.#releases.push(() => watch.stop());
    return watch;
  }

  #watchDeadline(): void {
    const { label, deadlineMs, settingPrefix } = this.#options;
    const timer = setTimeout(
      () => {
        const message =
          `${label} was ended because it did not finish within its deadline of ${deadlineMs / 1_000} s. ` +
          `Give it less work, or raise the deadline ${settingPrefix}_DEADLINE_MS.`;
        this.fail(new RecetaError('deadline-exceeded', message), 'SIGTERM');
      },
      Math.min(deadlineMs, longestTimerMs),
    );
    this.#releases.push(() => clearTimeout(timer));
  }

  #watchAbort(): void {
    const { signal } = this.#options;
    if (signal === undefined) return;
    const onAbort = (): void => this.fail(signal.reason, 'SIGTERM');
    signal.addEventListener('abort', onAbort, { once: true });
    this.#releases.push(() => signal.removeEventListener('abort', onAbort));
  }

  #end(how: 'SIGTERM' | 'SIGKILL'): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    if (how === 'SIGKILL') {
      signalProcessGroup(pid, 'SIGKILL');
      return;
    }
    const ending = endProcessGroup(pid);
    this.#releases.push(() => ending.cancel());
  }
}
