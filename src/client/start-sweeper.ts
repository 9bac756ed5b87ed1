import { setTimeout as sleep } from 'node:timers/promises';
import type { SweepResult } from './sweep-requests.js';

export interface SweeperOptions {
  /** Stops the sweeper. */
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
  readonly intervalMs?: number;
}

const defaultIntervalMs = 2_000;

/**
 * Sweeps again and again until the signal is aborted. A sweep that fails is repeated at the next turn; the same
 * reason is told once, not at every turn.
 */
export async function startSweeper(
  client: { sweepRequests(): Promise<SweepResult> },
  options: SweeperOptions,
): Promise<void> {
  const { signal, warn, intervalMs = defaultIntervalMs } = options;
  let told: string | null = null;
  while (!signal.aborted) {
    const reason = await sweepOnce(client);
    if (reason !== null && reason !== told) warn(`accepted runs could not be started: ${reason}`);
    told = reason;
    await sleep(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Why the sweep failed, or `null`. */
async function sweepOnce(client: {
  sweepRequests(): Promise<SweepResult>;
}): Promise<string | null> {
  try {
    await client.sweepRequests();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
