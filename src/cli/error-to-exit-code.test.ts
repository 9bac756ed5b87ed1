import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, RecetaError } from '../contract/errors.js';
import type { RunOutcome } from '../contract/run-status.js';
import { errorToExitCode, outcomeToExitCode } from './error-to-exit-code.js';

describe('errorToExitCode', () => {
  it.each<[ErrorCode, number]>([
    ['pipeline-invalid', 2],
    ['dataset-invalid', 2],
    ['run-not-found', 3],
    ['unauthorized', 4],
    ['source-forbidden', 4],
    ['idempotency-conflict', 5],
    ['temporal-unavailable', 6],
    ['source-too-large', 9],
    ['artifact-corrupt', 70],
  ])('maps %s to %i', (code, exitCode) => {
    expect(errorToExitCode(new RecetaError(code, 'anything'))).toBe(exitCode);
  });

  it('maps a usage error of the argument parser to 2 and shown help to 0', () => {
    expect(errorToExitCode(new CommanderError(1, 'commander.unknownOption', 'x'))).toBe(2);
    expect(errorToExitCode(new CommanderError(0, 'commander.helpDisplayed', 'x'))).toBe(0);
  });

  it('maps an error it does not know to 70', () => {
    expect(errorToExitCode(new TypeError('x is undefined'))).toBe(70);
    expect(errorToExitCode('thrown text')).toBe(70);
  });
});

describe('outcomeToExitCode', () => {
  it.each<[RunOutcome, number]>([
    ['succeeded', 0],
    ['failed', 1],
    ['rejected', 7],
    ['cancelled', 8],
  ])('maps %s to %i', (outcome, exitCode) => {
    expect(outcomeToExitCode(outcome)).toBe(exitCode);
  });
});
