import { WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { describe, expect, it, vi } from 'vitest';
import { putJsonRecord } from '../artifacts/json-records.js';
import type { StudyChange } from '../contract/messages.js';
import { runRecordKey } from '../contract/run-keys.js';
import { createRunFacts } from '../lineage/testdata/create-run-facts.js';
import { steerStudy } from './steer-study.js';
import { createLiveContext } from './testdata/create-live-context.js';
import { createStudyStatus } from './testdata/create-study-status.js';

const { record } = createRunFacts();
const { runId } = record;
const pause = { kind: 'pause' } as const;

describe('steerStudy', () => {
  it.each<[StudyChange, string, unknown[]]>([
    [pause, 'pauseStudy', []],
    [{ kind: 'resume' }, 'resumeStudy', []],
    [{ kind: 'stop' }, 'stopStudy', []],
    [{ kind: 'extend', trials: 20 }, 'addTrials', [20]],
    [{ kind: 'budget', budget: { minutes: null } }, 'changeBudget', [{ minutes: null }]],
    [
      { kind: 'enqueue', model: null, parameters: { layers: 3 } },
      'enqueueTrial',
      [{ parameters: { layers: 3 } }],
    ],
    [
      { kind: 'enqueue', model: 'mlp', parameters: {} },
      'enqueueTrial',
      [{ model: 'mlp', parameters: {} }],
    ],
  ])('sends %j to the study of the run and answers how it is then', async (change, name, args) => {
    const status = createStudyStatus({ state: 'paused' });
    const update = vi.fn(() => status);
    expect(await steerStudy(createLiveContext({ update }), runId, change)).toBe(status);
    expect(update).toHaveBeenCalledWith(`${runId}/study`, name, args);
  });

  it('says what a run does that has no running study', async () => {
    const update = () => {
      throw new WorkflowNotFoundError('gone', runId, undefined);
    };
    await expect(
      steerStudy(createLiveContext({ update, step: 'transform' }), runId, pause),
    ).rejects.toMatchObject({
      code: 'run-state-conflict',
      message: expect.stringMatching(
        /^cannot pause the study of taxi-.*: the run is at the step transform, so there is no running study/,
      ),
    });
  });

  it('asks nobody about a finished run', async () => {
    const update = vi.fn();
    const context = createLiveContext({ update });
    await putJsonRecord(context.objects, runRecordKey(runId), record);
    await expect(steerStudy(context, runId, pause)).rejects.toMatchObject({
      code: 'run-state-conflict',
      message: expect.stringContaining('the run is finished (succeeded)'),
    });
    expect(update).not.toHaveBeenCalled();
  });

  it('does not find what Temporal and the store do not know', async () => {
    const context = createLiveContext({ step: null });
    await expect(steerStudy(context, runId, pause)).rejects.toMatchObject({
      code: 'run-not-found',
    });
  });

  it('sends nothing while no worker serves the queue', async () => {
    const update = vi.fn();
    const context = createLiveContext({ update, isServed: false });
    await expect(steerStudy(context, runId, pause)).rejects.toMatchObject({
      code: 'worker-unavailable',
      message: expect.stringContaining('no worker serves the queue `pipeline`; start one'),
    });
    expect(update).not.toHaveBeenCalled();
  });

  it('says that a change may still come when no worker has answered in time', async () => {
    const update = () => {
      throw new WorkflowUpdateRPCTimeoutOrCancelledError('Deadline exceeded');
    };
    await expect(steerStudy(createLiveContext({ update }), runId, pause)).rejects.toMatchObject({
      code: 'worker-unavailable',
      message: expect.stringContaining('it may still be done'),
    });
  });
});
