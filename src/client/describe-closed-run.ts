import { type WorkflowExecutionDescription, WorkflowFailedError } from '@temporalio/client';
import {
  ApplicationFailure,
  CancelledFailure,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/common';
import { isErrorCode } from '../contract/errors.js';
import type { RunDescription } from '../contract/run-description.js';
import type { RunRequest } from '../contract/run-record.js';
import type { FailureSummary, RunOutcome } from '../contract/run-status.js';
import type { StepName } from '../contract/steps.js';
import type { PipelineWorkflowResult } from '../contract/workflows.js';
import type { ClientContext } from './client-context.js';
import { describeLiveRun } from './describe-live-run.js';
import { findStudy } from './find-study.js';
import { readCurrentStep } from './read-current-step.js';
import { stepsFromLast } from './steps-from-current.js';
import { toShownStudy } from './to-shown-study.js';

/** Describes a run whose workflow has closed although no record was stored: terminated, timed out or broken. */
export async function describeClosedRun(
  context: ClientContext,
  workflow: WorkflowExecutionDescription,
  request: RunRequest | null,
  detail: 'brief' | 'full',
): Promise<RunDescription> {
  const brief = await describeLiveRun(context, workflow, request, 'brief');
  const step = readCurrentStep(workflow);
  const ending = await readEnding(context, workflow.workflowId, step);
  const traces = { report: null, status: null, isOver: true };
  const study = detail === 'brief' ? null : await findStudy(context, workflow.workflowId, traces);
  const finishedAt = workflow.closeTime ?? workflow.startTime;
  return {
    ...brief,
    ...ending,
    ...(detail === 'brief' ? {} : toShownStudy(study)),
    state: 'finished',
    steps: stepsFromLast(step, ending.outcome === 'cancelled' ? 'cancelled' : 'failed'),
    finishedAt: finishedAt.toISOString(),
    durationMs: finishedAt.getTime() - workflow.startTime.getTime(),
  };
}

interface Ending extends Pick<RunDescription, 'metrics' | 'baseline' | 'model' | 'failure'> {
  readonly outcome: RunOutcome;
}

async function readEnding(
  context: ClientContext,
  runId: string,
  step: StepName | null,
): Promise<Ending> {
  try {
    const result = await context.temporal.call(
      `read the result of ${runId}`,
      (client) => client.workflow.getHandle(runId).result() as Promise<PipelineWorkflowResult>,
    );
    return { ...result, failure: null };
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    return { metrics: null, baseline: null, model: null, ...toEnding(error.cause, step) };
  }
}

/** Maps the way in which a workflow ended to an outcome and, unless it was cancelled, a failure. */
function toEnding(
  cause: unknown,
  step: StepName | null,
): { outcome: 'failed' | 'cancelled'; failure: FailureSummary | null } {
  if (cause instanceof CancelledFailure) return { outcome: 'cancelled', failure: null };
  return { outcome: 'failed', failure: { ...toFailure(cause), step, problems: [] } };
}

function toFailure(cause: unknown): Pick<FailureSummary, 'code' | 'message'> {
  if (cause instanceof TerminatedFailure) {
    return {
      code: 'internal',
      message: `the workflow was terminated in Temporal: ${cause.message}`,
    };
  }
  if (cause instanceof TimeoutFailure) {
    return {
      code: 'deadline-exceeded',
      message: 'the workflow ran into its time limit in Temporal',
    };
  }
  if (cause instanceof ApplicationFailure && isErrorCode(cause.type)) {
    return { code: cause.type, message: cause.message };
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return {
    code: 'internal',
    message: `the workflow failed before it could store its record: ${message}`,
  };
}
