import { Context } from '@temporalio/activity';
import type { StepResult } from '../cache/step-cache.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import type { Attempt } from './run-attempt.js';
import { type CachedStep, toStepRequest } from './to-step-request.js';

/**
 * Takes the result of an earlier run when nothing it depends on has changed, else computes and keeps it. Runs that
 * need the same result at the same time compute it once: the others wait for it, and can be cancelled meanwhile.
 * Artifacts anywhere inside a stored result are read and checked before it counts. Errors are never kept.
 */
export async function runCached<Result extends object>(
  deps: ActivityDependencies,
  attempt: Attempt,
  request: CachedStep<Result>,
  compute: () => Promise<Result>,
): Promise<StepResult<Result>> {
  const { workflowExecution, activityId } = Context.current().info;
  const result = await deps.stepCache.take<Result>({
    ...toStepRequest(deps, attempt, request),
    owner: `${workflowExecution?.workflowId ?? request.of.runId}/${activityId}`,
    onWait: (runId) => {
      const message = `waits for ${runId}, which computes the same`;
      attempt.log.info(message);
      attempt.report({ message });
    },
    compute,
  });
  const { state, reason } = result.cache;
  attempt.log.info(`${state}: ${reason}`);
  return result;
}
