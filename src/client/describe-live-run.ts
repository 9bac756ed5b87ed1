import type { WorkflowExecutionDescription } from '@temporalio/client';
import { toStudyId } from '../contract/ids.js';
import { progressQueryName, trialsQueryName } from '../contract/messages.js';
import type { RunRequest } from '../contract/run-record.js';
import type { RunDescription, RunProgress, TrialSummary } from '../contract/run-status.js';
import type { ClientContext } from './client-context.js';
import { decodeHeartbeats } from './decode-heartbeats.js';
import { findUnservedQueue } from './find-unserved-queue.js';
import { readCurrentStep } from './read-current-step.js';
import { scheduleOf } from './schedule-of.js';
import { stepsFromCurrent } from './steps-from-current.js';
import { unknownProgress } from './unknown-progress.js';

/** A worker that lives answers a query in milliseconds; none is worth a long wait of the caller. */
const queryDeadlineMs = 2_000;

/** Describes a run that Temporal says is open: its steps, trials and what its activities reported last. */
export async function describeLiveRun(
  context: ClientContext,
  workflow: WorkflowExecutionDescription,
  request: RunRequest | null,
  detail: 'brief' | 'full',
): Promise<RunDescription> {
  const current = readCurrentStep(workflow);
  const brief = toBriefDescription(workflow, request);
  if (detail === 'brief') return brief;
  const study = current === 'tune' ? await describeStudy(context, workflow) : null;
  const workflows = study === null ? [workflow] : [workflow, study];
  const waitingForWorkerOn = await findUnservedQueue(context, workflows);
  const live = { ...brief, activities: workflows.flatMap(decodeHeartbeats), waitingForWorkerOn };
  // Without a workflow worker a query would only wait for its deadline.
  if (waitingForWorkerOn === 'pipeline') return live;
  const [progress, trials] = await Promise.all([
    query<RunProgress>(context, workflow.workflowId, progressQueryName),
    study === null ? null : query<TrialSummary[]>(context, study.workflowId, trialsQueryName),
  ]);
  return {
    ...live,
    steps: progress?.steps ?? live.steps,
    trials: trials ?? progress?.trials ?? [],
    members: progress?.members ?? [],
  };
}

function toBriefDescription(
  workflow: WorkflowExecutionDescription,
  request: RunRequest | null,
): RunDescription {
  const pipeline = workflow.memo?.pipeline;
  return {
    ...unknownProgress,
    runId: workflow.workflowId,
    pipeline: request?.plan.name ?? (typeof pipeline === 'string' ? pipeline : workflow.workflowId),
    state: 'running',
    startedAt: workflow.startTime.toISOString(),
    steps: stepsFromCurrent(readCurrentStep(workflow)),
    retryOf: request?.retryOf ?? null,
    schedule: scheduleOf(workflow),
    reproduces: request?.reproduces ?? null,
  };
}

async function describeStudy(
  context: ClientContext,
  workflow: WorkflowExecutionDescription,
): Promise<WorkflowExecutionDescription | null> {
  const studyId = toStudyId(workflow.workflowId);
  const children = workflow.raw.pendingChildren ?? [];
  if (!children.some((child) => child.workflowId === studyId)) return null;
  return context.temporal.call(`read the study of ${workflow.workflowId}`, (client) =>
    client.workflow.getHandle(studyId).describe(),
  );
}

/** Answer of a query, or `null` when no worker gave one in time. */
async function query<Answer>(
  context: ClientContext,
  workflowId: string,
  name: string,
): Promise<Answer | null> {
  try {
    return await context.temporal.call(
      `ask ${workflowId} for its ${name}`,
      (client) => client.workflow.getHandle(workflowId).query<Answer>(name),
      queryDeadlineMs,
    );
  } catch {
    return null;
  }
}
