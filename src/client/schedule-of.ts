import type { WorkflowExecutionDescription } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';

/** Set by Temporal itself on every workflow that a schedule started. */
const scheduledByKey = defineSearchAttributeKey('TemporalScheduledById', 'KEYWORD');

/** Name of the schedule that started a run; `null` for a run that somebody started. */
export function scheduleOf(workflow: WorkflowExecutionDescription): string | null {
  return workflow.typedSearchAttributes.get(scheduledByKey) ?? null;
}
