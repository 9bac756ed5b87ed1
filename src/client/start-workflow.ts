import type { RunRequest } from '../contract/run-record.js';
import type { TaskQueue } from '../contract/task-queues.js';
import { type PipelineWorkflowInput, workflowTypes } from '../contract/workflows.js';
import type { ClientContext } from './client-context.js';
import { toRunAttributes, toSourceLabel } from './run-attributes.js';
import { isAlreadyStarted } from './workflow-errors.js';

/** Queue of workflows; their activities have queues of their own. */
export const pipelineQueue: TaskQueue = 'pipeline';

/**
 * Hands a stored request to Temporal. A workflow that runs or ran under this id is success: the id belongs to
 * this request alone.
 *
 * @throws RecetaError `temporal-unavailable`, `request-invalid`
 */
export async function startWorkflow(context: ClientContext, request: RunRequest): Promise<void> {
  const { runId, plan, limits, retryOf, cache, reproduces } = request;
  const input: PipelineWorkflowInput = { plan, limits, retryOf, cache, reproduces };
  try {
    await context.temporal.call(`start the run ${runId}`, (client) =>
      client.workflow.start(workflowTypes.pipeline, {
        workflowId: runId,
        taskQueue: pipelineQueue,
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        typedSearchAttributes: toRunAttributes(plan),
        staticSummary: `${plan.name}: ${toSourceLabel(plan.sources)} -> ${plan.target}`.slice(
          0,
          190,
        ),
        memo: { pipeline: plan.name },
      }),
    );
  } catch (error) {
    if (!isAlreadyStarted(error)) throw error;
  }
}
