import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { toSteeringError } from './steering-error.js';

const translate = (cause: Error) =>
  toSteeringError(new WorkflowUpdateFailedError('Workflow Update failed', cause), 'pause it');

describe('toSteeringError', () => {
  it('gives the words of a study that refuses', () => {
    const refusal = ApplicationFailure.nonRetryable('The study was not changed: it is paused.');
    expect(translate(refusal)).toMatchObject({
      code: 'request-invalid',
      message: 'The study was not changed: it is paused.',
      problems: [],
    });
  });

  it('keeps a code and problems, also of an activity that the study has asked', () => {
    const problems = [{ path: 'layers', message: 'layers: at most 8' }];
    const thrown = ApplicationFailure.nonRetryable('no such trial', 'pipeline-invalid', problems);
    const args = ['failed', 'checkTrial', '1', 'NON_RETRYABLE_FAILURE', 'worker', thrown] as const;
    expect(translate(new ActivityFailure(...args))).toMatchObject({
      ...{ code: 'pipeline-invalid', message: 'no such trial', problems },
    });
  });

  it.each([
    ['ended', ApplicationFailure.nonRetryable('too late', 'AcceptedUpdateCompletedWorkflow')],
    ['was cancelled', new CancelledFailure('cancelled')],
  ])('reads a study that %s meanwhile as a conflict', (_, cause) => {
    expect(translate(cause)).toMatchObject({
      code: 'run-state-conflict',
      message: 'cannot pause it: the study ended before it could be done',
    });
  });

  it('leaves alone what is no failed update', () => {
    const error = new Error('defect');
    expect(toSteeringError(error, 'pause it')).toBe(error);
  });
});
