import type { WorkflowExecutionDescription } from '@temporalio/client';
import { type TaskQueue, taskQueues } from '../contract/task-queues.js';
import type { ClientContext } from './client-context.js';

/** Values of Temporal's enumerations PendingActivityState, PendingWorkflowTaskState and TaskQueueType. */
const scheduled = 1;
const queueTypes = { workflow: 1, activity: 2 } as const;

/** An idle worker polls again at least once a minute; one that was not seen for longer is gone. */
const pollFreshnessMs = 75_000;

interface WaitingTask {
  readonly queue: string;
  readonly type: keyof typeof queueTypes;
}

/** Finds a queue on which a task of these workflows waits although no worker polls it. */
export async function findUnservedQueue(
  context: ClientContext,
  descriptions: readonly WorkflowExecutionDescription[],
): Promise<TaskQueue | null> {
  const waiting = new Map<string, WaitingTask>();
  for (const task of descriptions.flatMap(toWaitingTasks)) {
    waiting.set(`${task.type} ${task.queue}`, task);
  }
  for (const task of waiting.values()) {
    const queue = taskQueues.find((name) => name === task.queue);
    if (queue !== undefined && !(await isPolled(context, task))) return queue;
  }
  return null;
}

function toWaitingTasks(description: WorkflowExecutionDescription): WaitingTask[] {
  const { pendingWorkflowTask, pendingActivities, executionConfig } = description.raw;
  const tasks: WaitingTask[] = [];
  const workflowQueue = executionConfig?.taskQueue?.name;
  if (pendingWorkflowTask?.state === scheduled && typeof workflowQueue === 'string') {
    tasks.push({ queue: workflowQueue, type: 'workflow' });
  }
  for (const activity of pendingActivities ?? []) {
    const queue = activity.activityOptions?.taskQueue?.name;
    if (activity.state === scheduled && typeof queue === 'string') {
      tasks.push({ queue, type: 'activity' });
    }
  }
  return tasks;
}

async function isPolled(context: ClientContext, task: WaitingTask): Promise<boolean> {
  const reply = await context.temporal.call(`look for workers on ${task.queue}`, (client) =>
    client.workflowService.describeTaskQueue({
      namespace: context.temporal.namespace,
      taskQueue: { name: task.queue },
      taskQueueType: queueTypes[task.type],
    }),
  );
  const oldestMs = context.nowMs() - pollFreshnessMs;
  return reply.pollers.some(
    ({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 >= oldestMs,
  );
}
