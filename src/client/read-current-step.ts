import type { WorkflowExecutionDescription } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { searchAttributes } from '../contract/search-attributes.js';
import { type StepName, stepNames } from '../contract/steps.js';

const stepKey = defineSearchAttributeKey(searchAttributes.step.name, searchAttributes.step.type);

/** The step that a run reached last; its search attribute is readable without any worker. */
export function readCurrentStep(workflow: WorkflowExecutionDescription): StepName | null {
  const value = workflow.typedSearchAttributes.get(stepKey);
  return stepNames.find((name) => name === value) ?? null;
}
