import { type Client, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { RecetaError } from '../contract/errors.js';
import { toStudyId } from '../contract/ids.js';
import { type StudyChange, studyUpdates } from '../contract/messages.js';
import type { TaskQueue } from '../contract/task-queues.js';
import type { StudyStatus } from '../contract/tuning-study.js';
import type { ClientContext } from './client-context.js';
import { describeRun } from './describe-run.js';
import { isQueuePolled } from './is-queue-polled.js';
import { noStudyError } from './no-study-error.js';
import { toSteeringError } from './steering-error.js';
import { isWorkflowGone } from './workflow-errors.js';

/** A worker takes an update within milliseconds, and checks given parameters within a second. */
const updateDeadlineMs = 10_000;

/** Serves the workflow of the study. */
const queue: TaskQueue = 'pipeline';

const verbs: Readonly<Record<StudyChange['kind'], string>> = {
  pause: 'pause',
  resume: 'resume',
  stop: 'stop',
  extend: 'extend',
  budget: 'change the budget of',
  enqueue: 'add a trial to',
};

/**
 * Changes the running study of a run.
 *
 * @returns the study as it is with the change
 * @throws RecetaError `run-not-found`; `run-state-conflict` when the run has no running study; `request-invalid`, or the
 *   code that the study gives, when it refuses the change; `worker-unavailable` when no worker takes it in time
 */
export async function steerStudy(
  context: ClientContext,
  runId: string,
  change: StudyChange,
): Promise<StudyStatus> {
  const attempted = `${verbs[change.kind]} the study of ${runId}`;
  const run = await describeRun(context, runId, 'brief');
  if (run.state !== 'running') throw noStudyError(run, attempted, 'running study');
  // What no worker takes would wait at the server, and happen whenever one is started.
  if (!(await isQueuePolled(context, queue, 'workflow'))) throw noWorkerError(attempted);
  try {
    const status = await context.temporal.call(
      attempted,
      (client) => sendUpdate(client, runId, change),
      updateDeadlineMs,
    );
    if (status !== null) return status;
  } catch (error) {
    if (!isWorkflowGone(error)) throw toSteeringError(error, attempted);
    throw noStudyError(await describeRun(context, runId, 'brief'), attempted, 'running study');
  }
  if (!(await isQueuePolled(context, queue, 'workflow'))) throw noWorkerError(attempted);
  throw new RecetaError(
    'worker-unavailable',
    `cannot ${attempted}: no worker on \`${queue}\` has answered within ${updateDeadlineMs / 1_000} s; ` +
      'it may still be done when one does: look at the study before you try again',
  );
}

/** `null`: nobody has answered in time. */
async function sendUpdate(
  client: Client,
  runId: string,
  change: StudyChange,
): Promise<StudyStatus | null> {
  try {
    const handle = client.workflow.getHandle(toStudyId(runId));
    const name = studyUpdates[change.kind];
    const argument = toArgument(change);
    return argument === null
      ? await handle.executeUpdate<StudyStatus, []>(name)
      : await handle.executeUpdate<StudyStatus, [unknown]>(name, { args: [argument] });
  } catch (error) {
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return null;
    throw error;
  }
}

/** What the update is called with; `null`: nothing. */
function toArgument(change: StudyChange): unknown {
  switch (change.kind) {
    case 'pause':
    case 'resume':
    case 'stop':
      return null;
    case 'extend':
      return change.trials;
    case 'budget':
      return change.budget;
    case 'enqueue': {
      const { model, parameters } = change;
      return { ...(model === null ? {} : { model }), parameters };
    }
  }
}

function noWorkerError(attempted: string): RecetaError {
  return new RecetaError(
    'worker-unavailable',
    `cannot ${attempted}: no worker serves the queue \`${queue}\`; ` +
      `start one: receta worker --queues ${queue}`,
  );
}
