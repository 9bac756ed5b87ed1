import { createJson, readJson } from '../artifacts/json-records.js';
import {
  pendingRequestKey,
  runIndexKey,
  runRecordKey,
  runRequestKey,
} from '../contract/run-keys.js';
import type { RunRecord, RunRequest } from '../contract/run-record.js';
import { cancelWorkflow } from './cancel-workflow.js';
import type { ClientContext } from './client-context.js';
import { startWorkflow } from './start-workflow.js';

/**
 * Carries a stored request through to a started workflow and removes its marker. Every part may be repeated, by
 * this process or another, so whoever finds the marker can finish what a dead process began.
 *
 * @throws RecetaError `store-unavailable`, `temporal-unavailable`, `request-invalid`; the marker then stays
 */
export async function submitRequest(
  context: ClientContext,
  requestId: string,
  request: RunRequest,
): Promise<void> {
  const [finished] = await Promise.all([
    settleFinished(context, request.runId),
    makeFindable(context, request),
  ]);
  if (!finished) {
    await startWorkflow(context, request);
    // A run that was cancelled before it started must not run because two processes looked at the same time.
    await settleFinished(context, request.runId);
  }
  await context.objects.delete(pendingRequestKey(requestId));
}

async function makeFindable(context: ClientContext, request: RunRequest): Promise<void> {
  const { runId, requestedAt } = request;
  await Promise.all([
    createJson(context.objects, runRequestKey(runId), request),
    context.objects.put(runIndexKey(runId, Date.parse(requestedAt)), new Uint8Array()),
  ]);
}

/** True when the run has a record, so nothing is left to start; a cancelled one is also cancelled in Temporal. */
async function settleFinished(context: ClientContext, runId: string): Promise<boolean> {
  const record = await readJson<RunRecord>(context.objects, runRecordKey(runId));
  if (record?.value.outcome === 'cancelled') await cancelWorkflow(context, runId);
  return record !== null;
}
