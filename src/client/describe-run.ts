import type { WorkflowExecutionDescription } from '@temporalio/client';
import { readJson } from '../artifacts/json-records.js';
import { RecetaError } from '../contract/errors.js';
import { runIdPattern } from '../contract/ids.js';
import type { RunDescription } from '../contract/run-description.js';
import { pendingRequestKey, runRecordKey, runRequestKey } from '../contract/run-keys.js';
import type { RunRecord, RunRequest } from '../contract/run-record.js';
import type { ClientContext } from './client-context.js';
import { describeClosedRun } from './describe-closed-run.js';
import { describeLiveRun } from './describe-live-run.js';
import { findStudy } from './find-study.js';
import { recordToDescription } from './record-to-description.js';
import { toShownStudy } from './to-shown-study.js';
import { unknownProgress } from './unknown-progress.js';
import { isWorkflowGone } from './workflow-errors.js';

type Detail = 'brief' | 'full';

/**
 * Describes one run: a finished one from its record, a live one from Temporal. `brief` leaves out what has to be
 * asked of workers, and the study.
 *
 * @throws RecetaError `run-not-found`, `store-unavailable`, `temporal-unavailable`
 */
export async function describeRun(
  context: ClientContext,
  runId: string,
  detail: Detail = 'full',
): Promise<RunDescription> {
  if (!runIdPattern.test(runId)) throw runNotFound(runId);
  const [finished, stored] = await Promise.all([
    describeRecord(context, runId, detail),
    readJson<RunRequest>(context.objects, runRequestKey(runId)),
  ]);
  if (finished !== null) return finished;
  const request = stored?.value ?? null;
  const workflow = await findWorkflow(context, runId).catch(async (error: unknown) => {
    // Nobody has seen the run start, so it is known how it is even while Temporal is away.
    if (request !== null && isAway(error) && (await isPending(context, request))) return null;
    throw error;
  });
  if (workflow === null) return describeUnstarted(context, runId, request, detail);
  if (workflow.status.name === 'RUNNING' || workflow.status.name === 'PAUSED') {
    return describeLiveRun(context, workflow, request, detail);
  }
  // The record is written just before the workflow closes, so it may have come since it was looked for.
  const record = await describeRecord(context, runId, detail);
  return record ?? describeClosedRun(context, workflow, request, detail);
}

async function describeRecord(
  context: ClientContext,
  runId: string,
  detail: Detail,
): Promise<RunDescription | null> {
  const stored = await readJson<RunRecord>(context.objects, runRecordKey(runId));
  if (stored === null) return null;
  const brief = recordToDescription(stored.value);
  if (detail === 'brief') return brief;
  const { study: report } = stored.value.progress;
  const study = await findStudy(context, runId, { report, status: null, isOver: true });
  return { ...brief, ...toShownStudy(study) };
}

async function findWorkflow(
  context: ClientContext,
  runId: string,
): Promise<WorkflowExecutionDescription | null> {
  try {
    return await context.temporal.call(`read the run ${runId}`, (client) =>
      client.workflow.getHandle(runId).describe(),
    );
  } catch (error) {
    if (isWorkflowGone(error)) return null;
    throw error;
  }
}

/** A run that Temporal does not know: still waiting to be started, or forgotten by Temporal. */
async function describeUnstarted(
  context: ClientContext,
  runId: string,
  request: RunRequest | null,
  detail: Detail,
): Promise<RunDescription> {
  if (request === null) throw runNotFound(runId);
  if (await isPending(context, request)) return toAccepted(request);
  // Without a marker the run was started; only now is it certain that Temporal or the store knows how it is.
  const record = await describeRecord(context, runId, detail);
  if (record !== null) return record;
  const workflow = await findWorkflow(context, runId);
  if (workflow !== null) return describeLiveRun(context, workflow, request, 'brief');
  return toForgotten(request);
}

async function isPending(context: ClientContext, request: RunRequest): Promise<boolean> {
  if (request.requestId === undefined) return false;
  return (await context.objects.head(pendingRequestKey(request.requestId))) !== null;
}

function isAway(error: unknown): boolean {
  return error instanceof RecetaError && error.code === 'temporal-unavailable';
}

function toAccepted(request: RunRequest): RunDescription {
  return {
    ...unknownProgress,
    runId: request.runId,
    pipeline: request.plan.name,
    state: 'accepted',
    startedAt: request.requestedAt,
    retryOf: request.retryOf,
    schedule: null,
    reproduces: request.reproduces,
  };
}

function toForgotten(request: RunRequest): RunDescription {
  const accepted = toAccepted(request);
  return {
    ...accepted,
    state: 'finished',
    outcome: 'failed',
    steps: accepted.steps.map((step) => ({ ...step, state: 'skipped' })),
    failure: {
      code: 'internal',
      step: null,
      message:
        'Temporal no longer knows this run, and it ended without a stored record; start it again with a retry',
      problems: [],
    },
  };
}

export function runNotFound(runId: string): RecetaError {
  return new RecetaError(
    'run-not-found',
    `there is no run "${runId.slice(0, 100)}"; list the runs to see which there are`,
  );
}
