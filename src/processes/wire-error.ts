import { isErrorCode, RecetaError } from '../contract/errors.js';
import type { WireError } from './child-protocol.js';

/** Flattens any thrown value; what is not a RecetaError becomes `internal` and keeps its stack. */
export function toWireError(thrown: unknown): WireError {
  if (thrown instanceof RecetaError) {
    return { code: thrown.code, message: thrown.message, problems: thrown.problems, stack: null };
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return {
    code: 'internal',
    message: error.message,
    problems: [],
    stack: error.stack ?? null,
  };
}

/** Rebuilds the error on the parent's side; the child's stack travels as the cause, never in the message. */
export function fromWireError(error: WireError, label: string): RecetaError {
  const code = isErrorCode(error.code) ? error.code : 'internal';
  if (error.stack === null) {
    return new RecetaError(code, error.message, { problems: error.problems });
  }
  const cause = new Error(error.message);
  cause.stack = error.stack;
  return new RecetaError(code, `${label} failed: ${error.message}`, {
    cause,
    problems: error.problems,
  });
}
