import { setTimeout as delay } from 'node:timers/promises';
import { RecetaError } from '../contract/errors.js';

export interface WaitOptions {
  readonly name: string;
  /** Resolves when ready, rejects while not. */
  readonly check: () => Promise<void>;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly pollMs?: number;
}

/**
 * Repeats a check until it succeeds.
 *
 * Errors: `stack-failed` with the last finding once the deadline has passed; the signal's reason when aborted.
 */
export async function waitUntilReady(options: WaitOptions): Promise<void> {
  const { name, check, deadlineMs, signal, pollMs = 25 } = options;
  const endMs = performance.now() + deadlineMs;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await check();
    } catch (cause) {
      signal.throwIfAborted();
      if (performance.now() >= endMs) {
        throw new RecetaError(
          'stack-failed',
          `${name} was not ready after ${deadlineMs / 1000} s: ${(cause as Error).message}.`,
          { cause },
        );
      }
    }
    await delay(pollMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
