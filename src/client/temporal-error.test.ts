import { ServiceError } from '@temporalio/client';
import { NamespaceNotFoundError, WorkflowNotFoundError } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { toTemporalError } from './temporal-error.js';

const call = { attempted: 'start the run r', address: 'temporal.example:7233', namespace: 'ml' };

/** As the SDK wraps what gRPC raises. */
function grpcFailure(code: number): ServiceError {
  const cause = Object.assign(new Error('x'), { code, details: 'the detail', metadata: {} });
  return new ServiceError('failed', { cause });
}

describe('toTemporalError', () => {
  it.each([1, 4, 7, 8, 14, 16])('reads gRPC code %i as a server that cannot be used', (code) => {
    expect(toTemporalError(grpcFailure(code), call)).toMatchObject({
      code: 'temporal-unavailable',
      message: expect.stringMatching(
        /^cannot start the run r: .*temporal\.example:7233.*the detail/,
      ),
    });
  });

  it('names a namespace that does not exist', () => {
    expect(toTemporalError(new NamespaceNotFoundError('ml'), call)).toMatchObject({
      code: 'temporal-unavailable',
      message: expect.stringContaining('"ml"'),
    });
  });

  it('reads refused arguments as a wrong request', () => {
    expect(toTemporalError(grpcFailure(3), call)).toMatchObject({ code: 'request-invalid' });
  });

  it('leaves alone what only the caller can read', () => {
    for (const error of [
      new WorkflowNotFoundError('gone', 'r', undefined),
      new Error('bug'),
      grpcFailure(13),
    ]) {
      expect(toTemporalError(error, call)).toBe(error);
    }
  });
});
