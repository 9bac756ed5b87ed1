import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorKinds, RecetaError } from '../contract/errors.js';
import { errorToProblem } from './error-to-problem.js';

const request = { path: '/v1/runs', requestId: 'r-1' };

describe('errorToProblem', () => {
  it('tells code, detail, path and findings', () => {
    const problems = [{ path: 'tune.trials', message: 'too few' }];
    const error = new RecetaError('pipeline-invalid', 'the pipeline has 1 problem', { problems });
    expect(errorToProblem(error, request)).toEqual({
      type: 'urn:receta:error:pipeline-invalid',
      title: 'The request is wrong',
      status: 400,
      detail: 'the pipeline has 1 problem',
      instance: '/v1/runs',
      code: 'pipeline-invalid',
      requestId: 'r-1',
      errors: problems,
    });
  });

  it.each([
    ['run-not-found', 404],
    ['idempotency-conflict', 409],
    ['precondition-failed', 412],
    ['body-too-large', 413],
    ['unsupported-media-type', 415],
    ['unauthorized', 401],
    ['host-forbidden', 403],
    ['temporal-unavailable', 503],
    ['model-invalid', 500],
  ] as const)('gives %s the status %i', (code, status) => {
    expect(errorToProblem(new RecetaError(code, 'x'), request).status).toBe(status);
  });

  it('gives every code an error status', () => {
    for (const code of Object.keys(errorKinds) as ErrorCode[]) {
      expect(errorToProblem(new RecetaError(code, 'x'), request).status).toBeGreaterThanOrEqual(
        400,
      );
    }
  });

  it('hides what an untyped error says', () => {
    const problem = errorToProblem(new Error('password is hunter2'), request);
    expect(problem).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });

  it('hides what a defect says', () => {
    const problem = errorToProblem(new RecetaError('internal', 'secret path'), request);
    expect(JSON.stringify(problem)).not.toContain('secret');
  });

  it('adds the member that clients of TensorFlow Serving read, on prediction routes only', () => {
    const error = new RecetaError('model-not-found', 'no model x');
    const path = '/v1/models/x:predict';
    expect(errorToProblem(error, { ...request, path }).error).toBe('no model x');
    expect(errorToProblem(error, request)).not.toHaveProperty('error');
  });
});
