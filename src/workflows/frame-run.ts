import {
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  workflowInfo,
} from '@temporalio/workflow';
import type { RunOutcome } from '../contract/run-status.js';
import type { PipelineWorkflowInput, PipelineWorkflowResult } from '../contract/workflows.js';
import { createActivityProxies } from './activity-proxies.js';
import type { RunOutputs } from './run-outputs.js';
import type { RunTracker } from './run-tracker.js';
import { toFailureSummary } from './to-failure-summary.js';

export interface FramedRun {
  readonly runId: string;
  readonly startedAt: string;
  readonly input: PipelineWorkflowInput;
  readonly tracker: RunTracker;
  readonly outputs: RunOutputs;
}

/**
 * Opens a run, does its work and closes it with a record, however the work ended.
 *
 * @param work answers how the run ended
 */
export async function frameRun(
  run: FramedRun,
  work: () => Promise<RunOutcome>,
): Promise<PipelineWorkflowResult> {
  const { plan, limits, retryOf, reproduces, cache } = run.input;
  const { runId, startedAt, tracker } = run;
  const { pipeline } = createActivityProxies(limits);
  const schedule = scheduleOfThisRun();
  try {
    await pipeline.openRun({
      runId,
      plan,
      limits,
      cache,
      startedAt,
      retryOf,
      schedule,
      reproduces,
    });
    return await close(run, schedule, await work());
  } catch (error) {
    const outcome = isCancellation(error) ? 'cancelled' : 'failed';
    tracker.skipWaiting(null);
    await CancellationScope.nonCancellable(() => close(run, schedule, outcome, error));
    if (outcome === 'cancelled') throw error;
    const failure = toFailureSummary(error, tracker.currentStep);
    throw ApplicationFailure.create({
      message: failure.message,
      type: failure.code,
      nonRetryable: true,
      details: [failure.problems],
      ...(error instanceof Error ? { cause: error } : {}),
    });
  }
}

/** Writes the run's record. */
async function close(
  { runId, startedAt, input, tracker, outputs }: FramedRun,
  schedule: string | null,
  outcome: RunOutcome,
  error?: unknown,
): Promise<PipelineWorkflowResult> {
  const { plan, limits, cache, retryOf, reproduces } = input;
  const { artifacts, scores, model } = outputs;
  const metrics = scores?.metrics ?? null;
  const baseline = scores?.baseline ?? null;
  const failure = outcome === 'failed' ? toFailureSummary(error, tracker.currentStep) : null;
  await createActivityProxies(limits).pipeline.closeRun({
    runId,
    plan,
    cache,
    outcome,
    startedAt,
    progress: tracker.progress,
    artifacts,
    metrics,
    baseline,
    model,
    failure,
    retryOf,
    schedule,
    reproduces,
  });
  return { outcome, model, metrics, baseline };
}

/** Name of the schedule that started this run; Temporal notes it in a search attribute of its own. */
function scheduleOfThisRun(): string | null {
  const [id] = workflowInfo().searchAttributes.TemporalScheduledById ?? [];
  return typeof id === 'string' ? id : null;
}
