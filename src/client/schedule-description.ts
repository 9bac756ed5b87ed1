import type {
  ScheduleDescription as TemporalDescription,
  ScheduleSummary as TemporalSummary,
} from '@temporalio/client';

/** When a schedule fires: either field is set, never both. */
export interface ScheduleTimes {
  /** Five fields: minute, hour, day of month, month, day of week. */
  readonly cron: string | null;
  readonly everyMs: number | null;
  /** IANA name; applies to cron. */
  readonly timezone: string;
}

/** One schedule as callers see it. */
export interface ScheduleDescription extends ScheduleTimes {
  readonly name: string;
  readonly pipeline: string;
  readonly paused: boolean;
  /** Why it was paused or resumed. */
  readonly note: string | null;
  /** The next few times at which it fires. */
  readonly nextRunsAt: readonly string[];
  /** Runs that it started lately, newest first. */
  readonly recentRuns: readonly { readonly runId: string; readonly startedAt: string }[];
}

/** What a schedule's memo keeps, because Temporal gives cron expressions back only as calendars. */
export interface ScheduleMemo extends ScheduleTimes {
  readonly pipeline: string;
}

/** Most times and runs that a description shows. */
const shownCount = 5;

export function toScheduleDescription(
  schedule: TemporalDescription | TemporalSummary,
): ScheduleDescription {
  const memo = toMemo(schedule.memo);
  return {
    name: schedule.scheduleId,
    ...memo,
    paused: schedule.state.paused,
    note:
      schedule.state.note === undefined || schedule.state.note === '' ? null : schedule.state.note,
    nextRunsAt: schedule.info.nextActionTimes
      .slice(0, shownCount)
      .map((time) => time.toISOString()),
    recentRuns: schedule.info.recentActions
      .map(({ takenAt, action }) => ({
        runId: action.workflow.workflowId,
        startedAt: takenAt.toISOString(),
      }))
      .reverse()
      .slice(0, shownCount),
  };
}

/** Schedules that somebody made with other tools have no memo of this form, and are shown with what is known. */
function toMemo(memo: Record<string, unknown> | undefined): ScheduleMemo {
  const { pipeline, cron, everyMs, timezone } = memo ?? {};
  return {
    pipeline: typeof pipeline === 'string' ? pipeline : '',
    cron: typeof cron === 'string' ? cron : null,
    everyMs: typeof everyMs === 'number' ? everyMs : null,
    timezone: typeof timezone === 'string' ? timezone : 'UTC',
  };
}

/** True for schedules that Receta made. */
export function isRecetaSchedule(schedule: TemporalSummary): boolean {
  return typeof schedule.memo?.pipeline === 'string';
}
