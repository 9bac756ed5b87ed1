import { readJson } from '../artifacts/json-records.js';
import type { ObjectInfo } from '../artifacts/object-store.js';
import { RecetaError } from '../contract/errors.js';
import { pendingRequestKey, pendingRequestsPrefix, requestKey } from '../contract/run-keys.js';
import type { RunRequest } from '../contract/run-record.js';
import type { ClientContext } from './client-context.js';
import { submitRequest } from './submit-request.js';

/** Younger markers belong to requests that are being handled right now. */
const settleMs = 2_000;

/** A marker whose request never came is removed after this time; its caller got no answer. */
const abandonedMs = 10 * 60_000;

export interface SweepResult {
  /** Runs that were handed to Temporal. */
  readonly started: readonly string[];
  /** Markers whose request never came. */
  readonly removed: number;
}

/**
 * Starts accepted runs that Temporal does not know yet. Several sweepers may work at once: starting twice is
 * refused by Temporal and counts as success.
 *
 * @throws RecetaError `store-unavailable`, and `temporal-unavailable` at the first run that could not be started
 */
export async function sweepRequests(context: ClientContext): Promise<SweepResult> {
  const started: string[] = [];
  let removed = 0;
  for (const marker of await context.objects.list(pendingRequestsPrefix)) {
    const ageMs = context.nowMs() - marker.modifiedAtMs;
    if (ageMs < settleMs) continue;
    const requestId = marker.key.slice(pendingRequestsPrefix.length);
    const request = await readJson<RunRequest>(context.objects, requestKey(requestId));
    if (request !== null) {
      if (await submit(context, requestId, request.value)) started.push(request.value.runId);
    } else if (ageMs > abandonedMs) {
      await remove(context, marker);
      removed += 1;
    }
  }
  return { started, removed };
}

async function submit(
  context: ClientContext,
  requestId: string,
  request: RunRequest,
): Promise<boolean> {
  try {
    await submitRequest(context, requestId, request);
    return true;
  } catch (error) {
    if (error instanceof RecetaError && error.kind === 'unavailable') throw error;
    // One request that Temporal refuses must not keep the others from starting.
    const reason = error instanceof Error ? error.message : String(error);
    context.warn(`the run ${request.runId} could not be started: ${reason}`);
    return false;
  }
}

async function remove(context: ClientContext, marker: ObjectInfo): Promise<void> {
  const requestId = marker.key.slice(pendingRequestsPrefix.length);
  await context.objects.delete(pendingRequestKey(requestId));
}
