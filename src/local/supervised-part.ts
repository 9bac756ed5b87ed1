import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessRegistry } from '../processes/process-registry.js';
import { awaitStart } from './await-start.js';
import { type BackOff, toBackOffMs } from './back-off.js';
import { type Exit, type LaunchedProcess, launchProcess } from './launch-process.js';
import type { PartSpec } from './part-spec.js';
import type { PartState, PartStatus } from './part-status.js';
import { rotateLog } from './rotate-log.js';
import { killProcess, stopProcess } from './stop-process.js';

export interface SupervisionOptions {
  readonly registry: ProcessRegistry;
  readonly backOff: BackOff;
  /** A part that never was ready is given up after so many attempts. */
  readonly firstStartAttempts: number;
  readonly nowMs: () => number;
  readonly onChange: (status: PartStatus) => void;
}

/** A part that was ready for so long counts as healthy again: its next failure is a first one. */
const healthyAfterMs = 30_000;

/** Keeps one program of the stack running until it is told to stop. */
export class SupervisedPart {
  readonly spec: PartSpec;
  /** Settles at the first readiness; rejects with `stack-failed` when that never comes. */
  readonly firstReady: Promise<void>;
  readonly #options: SupervisionOptions;
  readonly #stopping = new AbortController();
  #state: PartState = 'waiting';
  #current: LaunchedProcess | null = null;
  #startedAtMs: number | null = null;
  #restarts = 0;
  #failures = 0;
  #lastExit: string | null = null;
  #running: Promise<void> = Promise.resolve();
  #settleFirstReady: { resolve: () => void; reject: (error: unknown) => void };

  constructor(spec: PartSpec, options: SupervisionOptions) {
    this.spec = spec;
    this.#options = options;
    const { promise, ...settle } = withResolvers();
    this.firstReady = promise;
    this.#settleFirstReady = settle;
    // Whoever waits for it sees the failure; nobody has to.
    promise.catch(() => undefined);
  }

  start(): void {
    this.#running = this.#supervise();
  }

  /** Ends the program and its supervision; resolves when no process of it is left. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error(`${this.spec.name} was stopped`));
    this.#settleFirstReady.reject(this.#stopping.signal.reason);
    if (this.#current !== null) await stopProcess(this.#current.identity, this.spec.stopGraceMs);
    await this.#running;
    this.#enter('stopped');
  }

  status(): PartStatus {
    const { name, port, url, logPath } = this.spec;
    return {
      name,
      state: this.#state,
      pid: this.#current?.identity.pid ?? null,
      port,
      url,
      startedAt: this.#startedAtMs === null ? null : new Date(this.#startedAtMs).toISOString(),
      restarts: this.#restarts,
      lastExit: this.#lastExit,
      logPath,
    };
  }

  async #supervise(): Promise<void> {
    let everReady = false;
    while (!this.#stopping.signal.aborted) {
      const failure = await this.#runOnce(() => {
        everReady = true;
        this.#settleFirstReady.resolve();
      });
      if (this.#stopping.signal.aborted) return;
      this.#failures += 1;
      if (!everReady && this.#failures >= this.#options.firstStartAttempts) {
        this.#enter('stopped');
        this.#settleFirstReady.reject(failure);
        return;
      }
      this.#restarts += 1;
      this.#enter('restarting');
      await this.#pause(toBackOffMs(this.#failures, this.#options.backOff));
    }
  }

  /** One life of the program, from launch to end; tells how it failed. */
  async #runOnce(onReady: () => void): Promise<Error> {
    const { spec } = this;
    try {
      spec.beforeStart?.();
      rotateLog(spec.logPath);
      const launched = await launchProcess(spec);
      this.#current = launched;
      this.#startedAtMs = this.#options.nowMs();
      this.#enter('starting');
      await this.#options.registry.record({ pid: launched.identity.pid, label: spec.name });
      // A stop that came during the launch found no process to end.
      if (this.#stopping.signal.aborted) await stopProcess(launched.identity, spec.stopGraceMs);
      await awaitStart(spec, launched);
      if (!this.#stopping.signal.aborted) this.#enter('ready');
      onReady();
      const readyAtMs = performance.now();
      const exit = await launched.exited;
      if (performance.now() - readyAtMs >= healthyAfterMs) this.#failures = 0;
      return new Error(`${spec.name} ended (${describeExit(exit)})`);
    } catch (error) {
      return error as Error;
    } finally {
      await this.#clear();
    }
  }

  /** Makes sure that nothing of the last life is left. */
  async #clear(): Promise<void> {
    const ended = this.#current;
    if (ended === null) return;
    await killProcess(ended.identity);
    this.#lastExit = describeExit(await ended.exited);
    await this.#options.registry.forget(ended.identity.pid);
    this.#current = null;
    this.#startedAtMs = null;
  }

  async #pause(durationMs: number): Promise<void> {
    await delay(durationMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  #enter(state: PartState): void {
    this.#state = state;
    this.#options.onChange(this.status());
  }
}

function describeExit({ code, signal }: Exit): string {
  return signal ?? `exit code ${code}`;
}

function withResolvers(): {
  promise: Promise<void>;
  resolve: () => void;
  reject: (error: unknown) => void;
} {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
