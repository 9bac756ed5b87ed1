import type { WorkflowExecutionDescription } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { ActivityProgress } from '../contract/run-status.js';
import { stepNames } from '../contract/steps.js';

/** What the running activities of a workflow reported last; those that have not reported yet are left out. */
export function decodeHeartbeats(description: WorkflowExecutionDescription): ActivityProgress[] {
  return (description.raw.pendingActivities ?? []).flatMap((activity) => {
    const payload = activity.heartbeatDetails?.payloads?.[0];
    if (payload === undefined || payload === null) return [];
    const progress: unknown = defaultPayloadConverter.fromPayload(payload);
    return isActivityProgress(progress) ? [progress] : [];
  });
}

function isActivityProgress(value: unknown): value is ActivityProgress {
  if (typeof value !== 'object' || value === null || !('step' in value)) return false;
  return stepNames.some((name) => name === value.step);
}
