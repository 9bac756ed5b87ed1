import type { TaskQueue } from '../contract/task-queues.js';
import type { ClientContext } from './client-context.js';

/** Values of Temporal's enumeration TaskQueueType. */
const queueTypes = { workflow: 1, activity: 2 } as const;

/** An idle worker polls again at least once a minute; one that was not seen for longer is gone. */
const pollFreshnessMs = 75_000;

/** Whether a worker has asked for such tasks of a queue lately. */
export async function isQueuePolled(
  context: ClientContext,
  queue: TaskQueue,
  type: keyof typeof queueTypes,
): Promise<boolean> {
  const reply = await context.temporal.call(`look for workers on ${queue}`, (client) =>
    client.workflowService.describeTaskQueue({
      namespace: context.temporal.namespace,
      taskQueue: { name: queue },
      taskQueueType: queueTypes[type],
    }),
  );
  const oldestMs = context.nowMs() - pollFreshnessMs;
  return reply.pollers.some(
    ({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 >= oldestMs,
  );
}
