import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure } from '@temporalio/workflow';
import { isErrorCode, type Problem, RecetaError } from '../contract/errors.js';
import type { FailureSummary } from '../contract/run-status.js';
import type { StepName } from '../contract/steps.js';

/** Finds the typed failure of an activity below the wrappers that Temporal puts round it. */
export function toFailureSummary(error: unknown, step: StepName | null): FailureSummary {
  const root = toRootCause(error);
  if (root instanceof RecetaError) {
    return { code: root.code, step, message: root.message, problems: root.problems };
  }
  if (root instanceof ApplicationFailure && isErrorCode(root.type)) {
    const problems = (root.details?.[0] as readonly Problem[] | undefined) ?? [];
    return { code: root.type, step, message: root.message, problems };
  }
  const message = root instanceof Error ? root.message : String(root);
  return {
    code: 'internal',
    step,
    message: `ended without a typed failure: ${message}`,
    problems: [],
  };
}

function toRootCause(error: unknown): unknown {
  const wrapped = error instanceof ActivityFailure || error instanceof ChildWorkflowFailure;
  return wrapped && error.cause !== undefined ? toRootCause(error.cause) : error;
}
