import { ScheduleAlreadyRunning, type ScheduleOptions } from '@temporalio/client';
import { RecetaError } from '../contract/errors.js';
import { namePattern } from '../contract/ids.js';
import type { PipelinePlan, RunLimits } from '../contract/pipeline-plan.js';
import type { CachePolicy } from '../contract/step-cache.js';
import { type PipelineWorkflowInput, workflowTypes } from '../contract/workflows.js';
import type { ClientContext } from './client-context.js';
import { toRunAttributes, toSourceLabel } from './run-attributes.js';
import type { ScheduleMemo, ScheduleTimes } from './schedule-description.js';
import { pipelineQueue } from './start-workflow.js';

export interface CreateScheduleOptions {
  readonly name: string;
  readonly plan: PipelinePlan;
  /** Limits of whoever makes the schedule; frozen with it. */
  readonly limits: RunLimits;
  /** Which steps may take results of earlier runs; all when left out. */
  readonly cache?: CachePolicy;
  readonly cron?: string | null;
  readonly everyMs?: number | null;
  /** IANA name; UTC when left out. */
  readonly timezone?: string;
  /** Runs missed while Temporal was away are caught up if they are not older than this; one hour when left out. */
  readonly catchupWindowMs?: number;
  readonly paused?: boolean;
}

const defaultCatchupWindowMs = 60 * 60_000;

/** The shortest catch-up that Temporal takes. */
const minCatchupWindowMs = 10_000;
const minIntervalMs = 1_000;

/**
 * Makes a Temporal Schedule that starts the pipeline: while one of its runs goes on, the next is skipped.
 * Temporal appends the time to the name, which gives the run ids.
 *
 * @throws RecetaError `schedule-conflict`, `request-invalid`, `temporal-unavailable`
 */
export async function createSchedule(
  context: ClientContext,
  options: CreateScheduleOptions,
): Promise<void> {
  const temporalOptions = toTemporalSchedule(options);
  try {
    await context.temporal.call(`create the schedule ${options.name}`, (client) =>
      client.schedule.create(temporalOptions),
    );
  } catch (error) {
    // The SDK turns what the server refuses about a schedule, such as its times, into a TypeError.
    if (error instanceof TypeError) throw invalid(options.cron ? 'cron' : 'everyMs', error.message);
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    throw new RecetaError(
      'schedule-conflict',
      `there already is a schedule "${options.name}"; delete it first, or choose another name`,
      { cause: error },
    );
  }
}

/** @throws RecetaError `request-invalid` */
function toTemporalSchedule(options: CreateScheduleOptions): ScheduleOptions {
  const { name, plan, limits, catchupWindowMs = defaultCatchupWindowMs, paused = false } = options;
  if (!namePattern.test(name)) {
    throw invalid('name', `"${name}" is no name: use a letter, then letters, digits and hyphens`);
  }
  if (catchupWindowMs < minCatchupWindowMs) {
    throw invalid(
      'catchupWindowMs',
      `the catch-up window must be at least ${minCatchupWindowMs} ms`,
    );
  }
  const times = toTimes(options);
  const { cron, everyMs, timezone } = times;
  const memo: ScheduleMemo = { pipeline: plan.name, ...times };
  const { cache = { recomputeFrom: null } } = options;
  const input: PipelineWorkflowInput = { plan, limits, cache, retryOf: null, reproduces: null };
  return {
    scheduleId: name,
    spec: {
      timezone,
      ...(cron === null ? {} : { cronExpressions: [cron] }),
      ...(everyMs === null ? {} : { intervals: [{ every: everyMs }] }),
    },
    action: {
      type: 'startWorkflow',
      workflowType: workflowTypes.pipeline,
      workflowId: name,
      taskQueue: pipelineQueue,
      args: [input],
      typedSearchAttributes: toRunAttributes(plan),
      staticSummary: `${plan.name}: ${toSourceLabel(plan.sources)} -> ${plan.target}`.slice(0, 190),
      memo: { pipeline: plan.name, schedule: name },
    },
    policies: { overlap: 'SKIP', catchupWindow: catchupWindowMs },
    typedSearchAttributes: toRunAttributes(plan),
    memo: { ...memo },
    state: { paused },
  };
}

function toTimes(options: CreateScheduleOptions): ScheduleTimes {
  const { cron = null, everyMs = null, timezone = 'UTC' } = options;
  if ((cron === null) === (everyMs === null)) {
    throw invalid('cron', 'a schedule needs either cron or an interval, and not both');
  }
  if (everyMs !== null && everyMs < minIntervalMs) {
    throw invalid('everyMs', `the interval must be at least ${minIntervalMs} ms`);
  }
  // Temporal also takes `@every` and comments in cron texts; only the plain form means the same everywhere.
  if (cron !== null && cron.trim().split(/\s+/).length !== 5) {
    throw invalid(
      'cron',
      `"${cron}" is no cron expression: it needs five fields, e.g. "0 3 * * *"`,
    );
  }
  return { cron, everyMs, timezone };
}

function invalid(path: string, message: string): RecetaError {
  return new RecetaError('request-invalid', `cannot create the schedule: ${message}`, {
    problems: [{ path, message }],
  });
}
