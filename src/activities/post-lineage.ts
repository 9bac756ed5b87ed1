import { setTimeout as sleep } from 'node:timers/promises';
import type { LineageEvent } from '../lineage/open-lineage.js';

/** Time for all events of a run together: a server that is away must not keep runs from closing. */
const defaultDeadlineMs = 5_000;

const pausesMs = [200, 1_000] as const;

/**
 * Sends events to an OpenLineage server, one after the other, each up to three times.
 *
 * @param url of the server, without the path of its route
 * @returns why the events did not all arrive, or `null`
 */
export async function postLineage(
  url: string,
  events: readonly LineageEvent[],
  deadlineMs: number = defaultDeadlineMs,
): Promise<string | null> {
  const target = `${url.replace(/\/$/, '')}/api/v1/lineage`;
  const signal = AbortSignal.timeout(deadlineMs);
  for (const [index, event] of events.entries()) {
    const fault = await postOne(target, event, signal);
    if (fault !== null) {
      return `${events.length - index} of ${events.length} OpenLineage events did not reach ${target}: ${fault}`;
    }
  }
  return null;
}

async function postOne(
  target: string,
  event: LineageEvent,
  signal: AbortSignal,
): Promise<string | null> {
  for (let attempt = 0; ; attempt += 1) {
    const fault = await tryPost(target, event, signal);
    const pauseMs = pausesMs[attempt];
    if (fault === null || !fault.mayPass || pauseMs === undefined || signal.aborted) {
      return fault?.reason ?? null;
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

async function tryPost(
  target: string,
  event: LineageEvent,
  signal: AbortSignal,
): Promise<{ readonly reason: string; readonly mayPass: boolean } | null> {
  try {
    const response = await fetch(target, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(event),
      signal,
    });
    await response.body?.cancel();
    if (response.ok) return null;
    const mayPass = response.status >= 500 || response.status === 429;
    return { reason: `the server answered ${response.status}`, mayPass };
  } catch (error) {
    return { reason: signal.aborted ? 'no answer in time' : toReason(error), mayPass: true };
  }
}

/** What fetch says is only that it failed; the reason lies below. */
function toReason(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || ('code' in cause ? String(cause.code) : cause.name);
}
