import type { ObjectStore } from '../artifacts/object-store.js';
import type { LogLine } from '../contract/log-line.js';

export type LogLevel = LogLine['level'];

/** How long a line may wait before it is stored: what a killed worker can lose at most. */
const flushIntervalMs = 1_000;

/**
 * Log of one attempt, stored in small objects while the attempt runs, so that it stays readable
 * after the worker died. A store that is away costs lines' delay, never the attempt.
 */
export class AttemptLog {
  #waiting: LogLine[] = [];
  #sequence = 0;
  #flushing: Promise<void> = Promise.resolve();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly objects: ObjectStore,
    private readonly toKey: (sequence: number) => string,
    private readonly toLine: (level: LogLevel, message: string) => LogLine,
  ) {
    this.#timer = setInterval(() => void this.#flush(), flushIntervalMs);
    this.#timer.unref();
  }

  info(message: string): void {
    this.#waiting.push(this.toLine('info', message));
  }

  warn(message: string): void {
    this.#waiting.push(this.toLine('warn', message));
  }

  error(message: string): void {
    this.#waiting.push(this.toLine('error', message));
  }

  /** Stores what is left and stops the timer. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flush();
  }

  #flush(): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#store());
    return this.#flushing;
  }

  async #store(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const lines = this.#waiting;
    this.#waiting = [];
    const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    try {
      await this.objects.put(this.toKey(this.#sequence), new TextEncoder().encode(body), {
        contentType: 'application/x-ndjson',
      });
      this.#sequence += 1;
    } catch {
      this.#waiting = [...lines, ...this.#waiting];
    }
  }
}
