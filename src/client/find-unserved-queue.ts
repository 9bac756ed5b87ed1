import type { WorkflowExecutionDescription } from '@temporalio/client';
import { type TaskQueue, taskQueues } from '../contract/task-queues.js';
import type { ClientContext } from './client-context.js';
import { isQueuePolled } from './is-queue-polled.js';

/** Value of Temporal's enumerations PendingActivityState and PendingWorkflowTaskState. */
const scheduled = 1;

interface WaitingTask {
  readonly queue: string;
  readonly type: 'workflow' | 'activity';
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
    if (queue !== undefined && !(await isQueuePolled(context, queue, task.type))) return queue;
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
