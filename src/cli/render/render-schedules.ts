import type { ScheduleDescription } from '../../client/schedule-description.js';
import { formatDuration } from './format-duration.js';
import { renderTable } from './render-table.js';

/** Schedules with their rhythm, next time and last run. */
export function renderSchedules(schedules: readonly ScheduleDescription[]): string[] {
  if (schedules.length === 0) {
    return ['no schedules yet (make one: receta schedule create pipeline.yaml --cron "0 3 * * *")'];
  }
  return renderTable(
    [
      { title: 'schedule' },
      { title: 'pipeline' },
      { title: 'when' },
      { title: 'state' },
      { title: 'next' },
      { title: 'last run' },
    ],
    schedules.map((schedule) => [
      schedule.name,
      schedule.pipeline,
      renderTimes(schedule),
      schedule.paused ? 'paused' : 'active',
      schedule.paused ? '-' : toSeconds(schedule.nextRunsAt[0]),
      schedule.recentRuns[0]?.runId ?? '-',
    ]),
  );
}

/** When a schedule fires, e.g. `0 3 * * * (Europe/Vienna)` or `every 12 h 00 min`. */
function renderTimes({
  cron,
  everyMs,
  timezone,
}: Pick<ScheduleDescription, 'cron' | 'everyMs' | 'timezone'>): string {
  if (cron !== null) return `${cron} (${timezone})`;
  return everyMs === null ? '-' : `every ${formatDuration(everyMs)}`;
}

function toSeconds(time: string | undefined): string {
  return time === undefined ? '-' : time.replace(/\.\d+Z$/, 'Z');
}
