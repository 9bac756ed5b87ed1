import type { ClientContext } from './client-context.js';

/** A worker that lives answers a query in milliseconds; none is worth a long wait of the caller. */
const queryDeadlineMs = 2_000;

/** Answer of a query, or `null` when no worker gave one in time. */
export async function queryWorkflow<Answer>(
  context: ClientContext,
  workflowId: string,
  name: string,
): Promise<Answer | null> {
  try {
    return await context.temporal.call(
      `ask ${workflowId} for its ${name}`,
      (client) => client.workflow.getHandle(workflowId).query<Answer>(name),
      queryDeadlineMs,
    );
  } catch {
    return null;
  }
}
