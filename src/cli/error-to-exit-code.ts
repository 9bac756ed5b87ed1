import { CommanderError } from 'commander';
import { type ErrorKind, RecetaError } from '../contract/errors.js';
import type { RunOutcome } from '../contract/run-status.js';
import { type ExitCode, exitCodes } from './exit-code.js';

const byKind: Readonly<Record<ErrorKind, ExitCode>> = {
  input: exitCodes.invalidInput,
  'not-found': exitCodes.notFound,
  conflict: exitCodes.conflict,
  unauthorized: exitCodes.unauthorized,
  forbidden: exitCodes.unauthorized,
  resource: exitCodes.limitExceeded,
  unavailable: exitCodes.unreachable,
  internal: exitCodes.internal,
};

const byOutcome: Readonly<Record<RunOutcome, ExitCode>> = {
  succeeded: exitCodes.ok,
  rejected: exitCodes.runRejected,
  failed: exitCodes.runFailed,
  cancelled: exitCodes.runCancelled,
};

/** The one translator from errors to exit codes; it decides by kind, never by message. */
export function errorToExitCode(error: unknown): ExitCode {
  if (error instanceof RecetaError) return byKind[error.kind];
  // Commander raises its help and version output as errors with exit code 0.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.invalidInput;
  }
  return exitCodes.internal;
}

/** Exit code of a command that waited for a run. */
export function outcomeToExitCode(outcome: RunOutcome): ExitCode {
  return byOutcome[outcome];
}
