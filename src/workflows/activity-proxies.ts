import { type ActivityInterfaceFor, proxyActivities } from '@temporalio/workflow';
import type {
  DataActivities,
  PipelineActivities,
  TrainActivities,
} from '../contract/activities.js';
import type { RunLimits } from '../contract/pipeline-plan.js';

/** Bound on attempts that end because a worker or a server went away; own errors of a step end it sooner. */
const maximumAttempts = 20;

/** The run ends only after its child processes have, so that nothing works on behind a cancelled run. */
const cancellationType = 'WAIT_CANCELLATION_COMPLETED';

const retry = {
  initialInterval: '500ms',
  backoffCoefficient: 2,
  maximumInterval: '10s',
  maximumAttempts,
} as const;

export interface ActivityProxies {
  readonly pipeline: ActivityInterfaceFor<PipelineActivities>;
  readonly data: ActivityInterfaceFor<DataActivities>;
  readonly train: ActivityInterfaceFor<TrainActivities>;
}

/** Time for moving inputs and outputs, on top of the deadline of the work itself. */
const transferMs = 60 * 60_000;

/** Creates the activity stubs of a run; timeouts come from the limits frozen with it. */
export function createActivityProxies(limits: RunLimits): ActivityProxies {
  return {
    pipeline: proxyActivities<PipelineActivities>({
      startToCloseTimeout: '30s',
      heartbeatTimeout: limits.heartbeatTimeoutMs,
      retry,
      cancellationType,
    }),
    data: proxyActivities<DataActivities>({
      taskQueue: 'data',
      startToCloseTimeout: limits.sqlDeadlineMs + transferMs,
      heartbeatTimeout: limits.heartbeatTimeoutMs,
      retry,
      cancellationType,
    }),
    train: proxyActivities<TrainActivities>({
      taskQueue: 'train',
      startToCloseTimeout: limits.trainDeadlineMs + transferMs,
      heartbeatTimeout: limits.heartbeatTimeoutMs,
      retry,
      cancellationType,
    }),
  };
}
