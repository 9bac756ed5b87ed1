import type { ClientContext } from './client-context.js';
import { isWorkflowGone } from './workflow-errors.js';

/**
 * Asks Temporal to cancel a run.
 *
 * @returns false when Temporal knows no open workflow of this run
 */
export async function cancelWorkflow(context: ClientContext, runId: string): Promise<boolean> {
  try {
    await context.temporal.call(`cancel the run ${runId}`, (client) =>
      client.workflow.getHandle(runId).cancel(),
    );
    return true;
  } catch (error) {
    if (isWorkflowGone(error)) return false;
    throw error;
  }
}
