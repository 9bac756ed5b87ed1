import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { isErrorCode, type Problem, RecetaError } from '../contract/errors.js';

/** Type of the failure by which the server answers for a workflow that ended before its update did. */
const endedMeanwhile = 'AcceptedUpdateCompletedWorkflow';

/**
 * Translates the ways in which a change of a study fails: its own code and words where it refuses the change,
 * `request-invalid` where it says no code, `run-state-conflict` where it ended meanwhile. Other errors come back as they
 * are.
 *
 * @param attempted completes the sentence "cannot ..."
 */
export function toSteeringError(error: unknown, attempted: string): unknown {
  if (!(error instanceof WorkflowUpdateFailedError)) return error;
  const failure = findReason(error);
  if (failure instanceof ApplicationFailure && failure.type !== endedMeanwhile) {
    const code = isErrorCode(failure.type) ? failure.type : 'request-invalid';
    const problems = toProblems(failure.details?.[0]);
    return new RecetaError(code, failure.message, { cause: error, problems });
  }
  if (failure instanceof ApplicationFailure || failure instanceof CancelledFailure) {
    return new RecetaError(
      'run-state-conflict',
      `cannot ${attempted}: the study ended before it could be done`,
      { cause: error },
    );
  }
  return error;
}

/** A failed activity wraps what it threw. */
function findReason({ cause }: Error): unknown {
  let reason = cause;
  while (reason instanceof Error && !(reason instanceof ApplicationFailure)) {
    if (!(reason.cause instanceof Error)) break;
    reason = reason.cause;
  }
  return reason;
}

function toProblems(detail: unknown): readonly Problem[] {
  return Array.isArray(detail) ? (detail as readonly Problem[]) : [];
}
