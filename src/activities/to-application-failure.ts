import { ApplicationFailure } from '@temporalio/common';
import { type ErrorCode, type ErrorKind, RecetaError } from '../contract/errors.js';

/** Attempts after which a failure of this code is taken as lasting, although its kind may pass. */
const attemptLimits: Partial<Record<ErrorCode, number>> = {
  'child-crashed': 3,
  'source-unreachable': 4,
};

/** Attempts granted to unknown errors: enough for a hiccup, few enough to show a defect soon. */
const unknownErrorAttempts = 3;

const retryableKinds: readonly ErrorKind[] = ['unavailable'];

/**
 * Translates any error of an activity into the failure that Temporal keeps: type = error code,
 * first detail = problems. Only errors that a later attempt may not meet again are retryable.
 *
 * @param attempt number of the attempt that failed, from 1
 */
export function toApplicationFailure(error: unknown, attempt: number): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof RecetaError) {
    const limit = attemptLimits[error.code] ?? Number.POSITIVE_INFINITY;
    return ApplicationFailure.create({
      message: error.message,
      type: error.code,
      nonRetryable: !retryableKinds.includes(error.kind) || attempt >= limit,
      details: [error.problems],
    });
  }
  const message = error instanceof Error ? error.message : String(error);
  return ApplicationFailure.create({
    message: `unexpected error: ${message}`,
    type: 'internal' satisfies ErrorCode,
    nonRetryable: attempt >= unknownErrorAttempts,
    details: [[]],
    ...(error instanceof Error ? { cause: error } : {}),
  });
}
