import { setTimeout as delay } from 'node:timers/promises';
import { RecetaError } from '../contract/errors.js';

/** Pauses before the second and third try of what may be repeated without harm. */
const retryDelaysMs = [50, 250];
/** A call that failed more slowly is not repeated: its caller has waited long enough. */
const repeatableWithinMs = 5_000;

/** Calls again when the store was briefly away, e.g. after a restart that cut idle connections. */
export async function retryWhenUnavailable<T>(call: () => Promise<T>): Promise<T> {
  const startedAtMs = performance.now();
  for (const delayMs of retryDelaysMs) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof RecetaError) || error.code !== 'store-unavailable') throw error;
      if (performance.now() - startedAtMs > repeatableWithinMs) throw error;
      await delay(delayMs);
    }
  }
  return call();
}
