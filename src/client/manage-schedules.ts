import { setTimeout as sleep } from 'node:timers/promises';
import { type ScheduleHandle, ScheduleNotFoundError } from '@temporalio/client';
import { RecetaError } from '../contract/errors.js';
import { namePattern } from '../contract/ids.js';
import type { ClientContext } from './client-context.js';
import {
  isRecetaSchedule,
  type ScheduleDescription,
  toScheduleDescription,
} from './schedule-description.js';

/** Temporal notes a triggered run a moment after it took the trigger. */
const triggerPollMs = 100;
const triggerDeadlineMs = 5_000;

/** @throws RecetaError `temporal-unavailable` */
export async function listSchedules(
  context: ClientContext,
): Promise<readonly ScheduleDescription[]> {
  return context.temporal.call('list the schedules', async (client) => {
    const schedules: ScheduleDescription[] = [];
    for await (const schedule of client.schedule.list()) {
      if (isRecetaSchedule(schedule)) schedules.push(toScheduleDescription(schedule));
    }
    return schedules.sort((a, b) => (a.name < b.name ? -1 : 1));
  });
}

/** @throws RecetaError `schedule-not-found`, `temporal-unavailable` */
export async function describeSchedule(
  context: ClientContext,
  name: string,
): Promise<ScheduleDescription> {
  const found = await withSchedule(context, 'read', name, (handle) => handle.describe());
  return toScheduleDescription(found);
}

/** No run starts by itself until it is resumed; a run that goes on is not touched. */
export async function pauseSchedule(
  context: ClientContext,
  name: string,
  note: string | null = null,
): Promise<ScheduleDescription> {
  await withSchedule(context, 'pause', name, (handle) => handle.pause(note ?? 'paused'));
  return describeSchedule(context, name);
}

export async function resumeSchedule(
  context: ClientContext,
  name: string,
  note: string | null = null,
): Promise<ScheduleDescription> {
  await withSchedule(context, 'resume', name, (handle) => handle.unpause(note ?? 'resumed'));
  return describeSchedule(context, name);
}

/** Deletes a schedule; its runs stay. */
export async function deleteSchedule(context: ClientContext, name: string): Promise<void> {
  await withSchedule(context, 'delete', name, (handle) => handle.delete());
}

/**
 * Starts a run of a schedule now, also while it is paused or another of its runs goes on.
 *
 * @returns the id of the run; `null` when Temporal took the trigger but has not told within five seconds
 */
export async function triggerSchedule(
  context: ClientContext,
  name: string,
): Promise<{ readonly runId: string | null }> {
  const known = new Set(
    (await describeSchedule(context, name)).recentRuns.map(({ runId }) => runId),
  );
  await withSchedule(context, 'trigger', name, (handle) => handle.trigger('ALLOW_ALL'));
  const deadlineMs = context.nowMs() + triggerDeadlineMs;
  while (context.nowMs() < deadlineMs) {
    const { recentRuns } = await describeSchedule(context, name);
    const started = recentRuns.find(({ runId }) => !known.has(runId));
    if (started !== undefined) return { runId: started.runId };
    await sleep(triggerPollMs);
  }
  return { runId: null };
}

async function withSchedule<Result>(
  context: ClientContext,
  verb: string,
  name: string,
  work: (handle: ScheduleHandle) => Promise<Result>,
): Promise<Result> {
  if (!namePattern.test(name)) throw scheduleNotFound(name);
  try {
    return await context.temporal.call(`${verb} the schedule ${name}`, (client) =>
      work(client.schedule.getHandle(name)),
    );
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) throw scheduleNotFound(name);
    throw error;
  }
}

function scheduleNotFound(name: string): RecetaError {
  return new RecetaError(
    'schedule-not-found',
    `there is no schedule "${name.slice(0, 100)}"; list the schedules to see which there are`,
  );
}
