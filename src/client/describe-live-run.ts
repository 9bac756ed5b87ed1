import type { WorkflowExecutionDescription } from '@temporalio/client';
import { toStudyId } from '../contract/ids.js';
import { progressQueryName, studyQueryName } from '../contract/messages.js';
import type { RunDescription } from '../contract/run-description.js';
import type { RunRequest } from '../contract/run-record.js';
import type { RunProgress } from '../contract/run-status.js';
import { type StepName, stepNames } from '../contract/steps.js';
import type { StudyStatus } from '../contract/tuning-study.js';
import type { ClientContext } from './client-context.js';
import { decodeHeartbeats } from './decode-heartbeats.js';
import { findStudy } from './find-study.js';
import { findUnservedQueue } from './find-unserved-queue.js';
import { queryWorkflow } from './query-workflow.js';
import { readCurrentStep } from './read-current-step.js';
import { scheduleOf } from './schedule-of.js';
import { stepsFromCurrent } from './steps-from-current.js';
import { toShownStudy } from './to-shown-study.js';
import { unknownProgress } from './unknown-progress.js';

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
  const study = current === 'tune' ? await describeStudyWorkflow(context, workflow) : null;
  const workflows = study === null ? [workflow] : [workflow, study];
  const waitingForWorkerOn = await findUnservedQueue(context, workflows);
  const live = { ...brief, activities: workflows.flatMap(decodeHeartbeats), waitingForWorkerOn };
  // Without a workflow worker a query would only wait for its deadline.
  const ask = <Answer>(workflowId: string, name: string): Promise<Answer | null> | null =>
    waitingForWorkerOn === 'pipeline' ? null : queryWorkflow<Answer>(context, workflowId, name);
  const { workflowId: runId } = workflow;
  const [progress, status] = await Promise.all([
    ask<RunProgress>(runId, progressQueryName),
    study && ask<StudyStatus>(study.workflowId, studyQueryName),
  ]);
  const traces = { report: progress?.study ?? null, status, isOver: false };
  const found = hasReachedTuning(current) ? await findStudy(context, runId, traces) : null;
  return {
    ...live,
    ...toShownStudy(found),
    steps: progress?.steps ?? live.steps,
    members: progress?.members ?? [],
  };
}

function hasReachedTuning(current: StepName | null): boolean {
  return current !== null && stepNames.indexOf(current) >= stepNames.indexOf('tune');
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

async function describeStudyWorkflow(
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
