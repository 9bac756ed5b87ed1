import { setTimeout as delay } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { progressQueryName } from '../../src/contract/messages.js';
import type { RunProgress } from '../../src/contract/run-status.js';
import type { CacheNote, CachePolicy } from '../../src/contract/step-cache.js';
import type { CompleteTrial } from '../../src/contract/tuning-study.js';
import type {
  PipelineWorkflowInput,
  PipelineWorkflowResult,
} from '../../src/contract/workflows.js';
import { createTestNamespace } from '../servers/create-test-namespace.js';
import {
  createFakeActivities,
  type FakeRun,
  fakeRef,
  testPartRef,
  typedFailure,
} from './fake-activities.js';
import { newRunId, smallLimits, smallPlan, smallTune, startWorkers } from './run-with-fakes.js';

let stopWorkers: (() => Promise<void>) | null = null;

afterEach(async () => {
  await stopWorkers?.();
  stopWorkers = null;
});

async function start(
  fakes: FakeRun,
  plan = smallPlan(),
  change: Partial<PipelineWorkflowInput> = {},
) {
  const address = inject('temporalAddress');
  const namespace = await createTestNamespace(address);
  const { client, stop } = await startWorkers(address, namespace, fakes.activities);
  stopWorkers = stop;
  const input: PipelineWorkflowInput = {
    plan,
    limits: smallLimits,
    retryOf: null,
    cache: { recomputeFrom: null },
    reproduces: null,
    ...change,
  };
  return await client.workflow.start('pipelineWorkflow', {
    taskQueue: 'pipeline',
    workflowId: newRunId(),
    args: [input],
  });
}

describe('pipelineWorkflow', () => {
  it('runs every step in order and promotes the registered version', async () => {
    const fakes = createFakeActivities();
    const handle = await start(fakes);
    const result: PipelineWorkflowResult = await handle.result();

    expect(result).toMatchObject({ outcome: 'succeeded', model: { model: 'fakes', version: 1 } });
    const progress: RunProgress = await handle.query(progressQueryName);
    expect(progress.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'download succeeded',
      'validate succeeded',
      'transform succeeded',
      'prepare succeeded',
      'tune succeeded',
      'train succeeded',
      'evaluate succeeded',
      'register succeeded',
      'promote succeeded',
    ]);
    expect(fakes.closed).toHaveLength(1);
    expect(fakes.closed[0]).toMatchObject({ outcome: 'succeeded', metrics: { accuracy: 0.9 } });
  });

  it('makes the model of what the complete trials left, the best one first', async () => {
    const fakes = createFakeActivities();
    await (await start(fakes)).result();
    expect(fakes.trained[0]?.trials).toEqual([
      { number: 1, outcome: fakeRef('outcome-1') },
      { number: 0, outcome: fakeRef('outcome-0') },
    ]);
    expect(fakes.closed[0]?.progress.members).toEqual([{ model: 'mlp', trial: 1, weight: 1 }]);
  });

  it('says which library trained the model', async () => {
    const fakes = createFakeActivities();
    await (await start(fakes)).result();
    const train = fakes.closed[0]?.progress.steps.find(({ name }) => name === 'train');
    expect(train?.summary).toBe('mlp: 0.1000 (best trial 0.1000): mlp (tfjs-node on TensorFlow 2)');
  });

  it('gives no reference to the test part to any trial or training', async () => {
    const fakes = createFakeActivities();
    await (await start(fakes)).result();
    const seen = JSON.stringify([...fakes.trials, ...fakes.trained]);
    expect(fakes.trials).toHaveLength(2);
    expect(seen).not.toContain(testPartRef.sha256);
    expect(seen).not.toContain(testPartRef.uri);
  });

  it('takes an equal study over without running any trial', async () => {
    const best: CompleteTrial = {
      ...{ number: 1, model: 'mlp', parameters: { width: 64 }, state: 'complete', value: 0.25 },
      ...{ outcome: fakeRef('outcome-1'), durationMs: 1, reason: null },
    };
    const cache: CacheNote = {
      state: 'hit',
      reason: 'unchanged since fakes-1',
      key: 'k',
      parts: fakeRef('parts'),
    };
    const fakes = createFakeActivities({
      findStudy: async () => ({
        study: {
          best,
          counts: { complete: 1, pruned: 0, failed: 0 },
          candidates: [{ number: 1, outcome: best.outcome }],
          isChanged: false,
          report: fakeRef('study-report'),
        },
        ...{ cache, models: ['mlp'], warmStarts: [], sampler: 'fake/1' },
      }),
    });
    await (await start(fakes)).result();
    expect(fakes.trials).toEqual([]);
    expect(fakes.kept).toEqual([]);
    expect(fakes.trained[0]?.trials).toEqual([{ number: 1, outcome: best.outcome }]);
    const tune = fakes.closed[0]?.progress.steps.find(({ name }) => name === 'tune');
    expect(tune?.cache).toEqual(cache);
  });

  it('keeps a study that it ran, and tells every step whether it may take results over', async () => {
    const fakes = createFakeActivities();
    const cache: CachePolicy = { recomputeFrom: 'tune' };
    await (await start(fakes, smallPlan(), { cache })).result();
    expect(fakes.kept).toMatchObject([{ study: { best: { number: 1 } }, cache }]);
    expect(fakes.trials.map((trial) => trial.cache)).toEqual([cache, cache]);
    expect(fakes.trained).toMatchObject([{ pipeline: 'fakes', cache }]);
    expect(fakes.closed).toMatchObject([{ cache, reproduces: null }]);
  });

  it('registers and promotes nothing when it repeats another run', async () => {
    const refuse = async () => {
      throw new Error('must not be called');
    };
    const fakes = createFakeActivities({ registerModel: refuse, promoteModel: refuse });
    const handle = await start(fakes, smallPlan(), { reproduces: 'fakes-1' });
    expect(await handle.result()).toMatchObject({ outcome: 'succeeded', model: null });
    expect(fakes.closed[0]?.progress.steps.slice(-2)).toMatchObject([
      { name: 'register', state: 'skipped', summary: 'repeats fakes-1 to compare' },
      { name: 'promote', state: 'skipped' },
    ]);
  });

  it('ends as rejected, keeps the version and moves no alias when a gate refuses the model', async () => {
    let promoted = 0;
    const fakes = createFakeActivities({
      promoteModel: async () => {
        promoted += 1;
        throw new Error('must not be called');
      },
    });
    const gates = [{ metric: 'accuracy', min: 0.95, max: null }];
    const handle = await start(fakes, smallPlan({ gates }));
    expect(await handle.result()).toMatchObject({ outcome: 'rejected', model: { version: 1 } });
    expect(promoted).toBe(0);
    expect(fakes.closed[0]).toMatchObject({ outcome: 'rejected', model: { version: 1 } });
  });

  it('keeps a failed trial with its reason and goes on with the others', async () => {
    const fakes = createFakeActivities();
    const { runTrial } = fakes.activities;
    fakes.activities.runTrial = async (input) => {
      if (input.number === 0) throw typedFailure('training-diverged', 'the loss became NaN');
      return await runTrial(input);
    };
    expect(await (await start(fakes)).result()).toMatchObject({ outcome: 'succeeded' });
    expect([...fakes.ended.values()]).toMatchObject([
      { number: 0, state: 'failed', value: null, reason: 'the loss became NaN' },
      { number: 1, state: 'complete', value: 0.5, reason: null },
    ]);
    expect(fakes.closed[0]?.progress.study).toEqual(fakeRef('study-report'));
  });

  it('fails with study-failed when no trial completes', async () => {
    const fakes = createFakeActivities({
      runTrial: async () => {
        throw typedFailure('training-diverged', 'the loss became NaN');
      },
    });
    await expect((await start(fakes)).result()).rejects.toThrow(WorkflowFailedError);
    expect(fakes.closed[0]).toMatchObject({
      outcome: 'failed',
      failure: { code: 'study-failed', step: 'tune' },
    });
  });

  it('fails at once with the failure of a trial that other parameters would meet, too', async () => {
    let tried = 0;
    const fakes = createFakeActivities({
      runTrial: async () => {
        tried += 1;
        throw typedFailure('backend-unavailable', 'TensorFlow is not there');
      },
    });
    await expect((await start(fakes)).result()).rejects.toThrow(WorkflowFailedError);
    expect(tried).toBe(1);
    expect(fakes.closed[0]).toMatchObject({
      outcome: 'failed',
      failure: { code: 'backend-unavailable', step: 'tune', message: 'TensorFlow is not there' },
    });
  });

  it('closes the run with the typed failure of the step that failed', async () => {
    const fakes = createFakeActivities({
      validateDataset: async () => {
        throw ApplicationFailure.create({
          type: 'dataset-invalid',
          message: 'the target is absent',
          nonRetryable: true,
          details: [[{ path: 'target', message: 'absent' }]],
        });
      },
    });
    await expect((await start(fakes)).result()).rejects.toThrow(WorkflowFailedError);
    expect(fakes.closed[0]).toMatchObject({
      outcome: 'failed',
      failure: {
        code: 'dataset-invalid',
        step: 'validate',
        message: 'the target is absent',
        problems: [{ path: 'target', message: 'absent' }],
      },
    });
  });

  it('cancels the running activity and closes the run as cancelled', async () => {
    let started = (): void => undefined;
    const running = new Promise<void>((resolve) => {
      started = resolve;
    });
    const fakes = createFakeActivities({
      trainModel: async () => {
        started();
        const beat = setInterval(() => Context.current().heartbeat(), 200);
        return await Context.current().cancelled.finally(() => clearInterval(beat));
      },
    });
    const handle = await start(fakes);
    await running;
    await handle.cancel();
    const failure = await handle.result().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WorkflowFailedError);
    expect((failure as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect(fakes.closed[0]).toMatchObject({ outcome: 'cancelled', failure: null });
  });

  it('ends a cancelled study only after every one of its trials has ended', async () => {
    let running = 0;
    let bothRun = (): void => undefined;
    const untilBothRun = new Promise<void>((resolve) => {
      bothRun = resolve;
    });
    const fakes = createFakeActivities({
      runTrial: async ({ number }) => {
        running += 1;
        if (running === 2) bothRun();
        const beat = setInterval(() => Context.current().heartbeat(), 200);
        try {
          return await Context.current().cancelled;
        } catch (error) {
          // The second trial needs longer to end its child than the first.
          await delay(number * 1_000);
          running -= 1;
          throw error;
        } finally {
          clearInterval(beat);
        }
      },
    });
    let runningAtTheEnd = Number.NaN;
    const { closeRun } = fakes.activities;
    fakes.activities.closeRun = async (input) => {
      runningAtTheEnd = running;
      await closeRun(input);
    };
    const handle = await start(fakes, smallPlan({ tune: smallTune({ parallel: 2 }) }));
    await untilBothRun;
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow(WorkflowFailedError);
    expect(runningAtTheEnd).toBe(0);
    expect(fakes.closed[0]).toMatchObject({ outcome: 'cancelled' });
  });
});
