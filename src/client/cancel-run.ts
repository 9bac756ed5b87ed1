import { createJson, readJson } from '../artifacts/json-records.js';
import { RecetaError } from '../contract/errors.js';
import type { RunDescription } from '../contract/run-description.js';
import { pendingRequestKey, runRecordKey, runRequestKey } from '../contract/run-keys.js';
import type { RunRecord, RunRequest } from '../contract/run-record.js';
import { cancelWorkflow } from './cancel-workflow.js';
import type { ClientContext } from './client-context.js';
import { describeRun } from './describe-run.js';
import { stepsFromLast } from './steps-from-current.js';

/**
 * Asks a run to stop; it is finished a little later. A finished run stays as it is. A run that was not started
 * yet is finished at once, also while Temporal is away.
 *
 * @throws RecetaError `run-not-found`, `store-unavailable`, `temporal-unavailable`
 */
export async function cancelRun(context: ClientContext, runId: string): Promise<RunDescription> {
  const unstarted = await readUnstarted(context, runId);
  if (unstarted === null) {
    const before = await describeRun(context, runId, 'brief');
    if (before.state !== 'finished') await cancelWorkflow(context, runId);
  } else if (!(await cancelOpenWorkflow(context, runId))) {
    // Whoever starts it meanwhile finds this record afterwards and cancels the workflow again.
    await createJson(context.objects, runRecordKey(runId), toCancelledRecord(context, unstarted));
  }
  return describeRun(context, runId);
}

/** The request of a run whose marker says that nobody has seen it start; `null` for every other run. */
async function readUnstarted(context: ClientContext, runId: string): Promise<RunRequest | null> {
  const stored = await readJson<RunRequest>(context.objects, runRequestKey(runId));
  const requestId = stored?.value.requestId;
  if (stored === null || requestId === undefined) return null;
  const marker = await context.objects.head(pendingRequestKey(requestId));
  return marker === null ? null : stored.value;
}

/** False when there is nothing to cancel in Temporal, or Temporal cannot be asked. */
async function cancelOpenWorkflow(context: ClientContext, runId: string): Promise<boolean> {
  try {
    return await cancelWorkflow(context, runId);
  } catch (error) {
    if (error instanceof RecetaError && error.code === 'temporal-unavailable') return false;
    throw error;
  }
}

function toCancelledRecord(context: ClientContext, request: RunRequest): RunRecord {
  const finishedAtMs = context.nowMs();
  return {
    format: 'receta-run/1',
    runId: request.runId,
    pipeline: request.plan.name,
    plan: request.plan,
    cache: request.cache,
    outcome: 'cancelled',
    startedAt: request.requestedAt,
    finishedAt: new Date(finishedAtMs).toISOString(),
    durationMs: finishedAtMs - Date.parse(request.requestedAt),
    progress: { steps: stepsFromLast(null, 'cancelled'), study: null, members: [] },
    attempts: [],
    artifacts: {},
    metrics: null,
    baseline: null,
    model: null,
    failure: null,
    retryOf: request.retryOf,
    schedule: null,
    reproduces: request.reproduces,
  };
}
