import { setTimeout as delay } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { type WorkflowHandle, WorkflowUpdateFailedError } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { studyQueryName, studyUpdates } from '../../src/contract/messages.js';
import type { TunePlan } from '../../src/contract/pipeline-plan.js';
import type { StudyStatus, TuningStudyResult } from '../../src/contract/tuning-study.js';
import type { TuningStudyInput } from '../../src/contract/workflows.js';
import { createTestNamespace } from '../servers/create-test-namespace.js';
import { createFakeActivities, type FakeRun, fakeRef, typedFailure } from './fake-activities.js';
import { codePath, newRunId, smallLimits, smallTune, startWorkers } from './run-with-fakes.js';

vi.setConfig({ testTimeout: 120_000 });

let fakes: FakeRun;
let stopWorkers: (() => Promise<void>) | null = null;

beforeEach(() => {
  fakes = createFakeActivities();
});

afterEach(async () => {
  await stopWorkers?.();
  stopWorkers = null;
});

async function start(tune: Partial<TunePlan>): Promise<WorkflowHandle> {
  const address = inject('temporalAddress');
  const namespace = await createTestNamespace(address);
  const { client, stop } = await startWorkers(address, namespace, fakes.activities);
  stopWorkers = stop;
  const runId = newRunId();
  const input: TuningStudyInput = {
    ...{ runId, pipeline: 'fakes', cache: { recomputeFrom: null }, limits: smallLimits },
    ...{ prepared: fakeRef('prepared'), task: 'regression', classCount: null },
    ...{ trainRows: 64, width: 4, models: ['mlp'], warmStarts: [], sampler: 'fake/1' },
    studyKey: 'k',
    learning: { loss: null, objective: null, classWeights: 'none' },
    tune: smallTune(tune),
    carried: null,
  };
  return await client.workflow.start('tuningStudyWorkflow', {
    taskQueue: 'pipeline',
    workflowId: `${runId}/study`,
    args: [input],
  });
}

/** Trials that end when they are told to, by number. */
function holdTrials(): { end(number: number): void; readonly running: Set<number> } {
  const { runTrial } = fakes.activities;
  const ends = new Map<number, () => void>();
  const running = new Set<number>();
  fakes.activities.runTrial = async (input) => {
    const { number } = input;
    running.add(number);
    const beat = setInterval(() => Context.current().heartbeat(), 200);
    const told = new Promise<void>((resolve) => ends.set(number, resolve));
    try {
      await Promise.race([told, Context.current().cancelled]);
      return await runTrial(input);
    } finally {
      clearInterval(beat);
      running.delete(number);
    }
  };
  return {
    running,
    end: (number) => ends.get(number)?.(),
  };
}

const status = (handle: WorkflowHandle): Promise<StudyStatus> => handle.query(studyQueryName);

async function refusalOf(update: Promise<unknown>): Promise<string> {
  const error = await update.then(
    () => expect.unreachable('the change was to be refused'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
  return String((error as WorkflowUpdateFailedError).cause?.message);
}

describe('a study in fixed order', () => {
  it('lets a suggestion know nothing of the trials in its window, whether they have ended or not', async () => {
    const order = { kind: 'fixed', window: 3 } as const;
    await (await start({ trials: 6, parallel: 2, order })).result();
    expect(fakes.suggestions.map(({ number, running }) => [number, running])).toEqual([
      [0, []],
      [1, [0]],
      [2, [0, 1]],
      [3, [1, 2]],
      [4, [2, 3]],
      [5, [3, 4]],
    ]);
  });

  it('starts a trial only when all before its window have ended', async () => {
    const held = holdTrials();
    const order = { kind: 'fixed', window: 2 } as const;
    const handle = await start({ trials: 4, parallel: 4, order });
    await vi.waitUntil(() => held.running.size === 2, { timeout: 20_000 });
    held.end(1);
    await vi.waitUntil(() => !held.running.has(1), { timeout: 20_000 });
    await delay(500);
    expect([...held.running]).toEqual([0]);
    expect(fakes.suggestions).toHaveLength(2);
    held.end(0);
    await vi.waitUntil(() => held.running.size === 2, { timeout: 20_000 });
    for (const number of [2, 3]) held.end(number);
    await handle.result();
  });

  it('compares a trial only with those that its suggestion knew', async () => {
    const order = { kind: 'fixed', window: 2 } as const;
    const pruner = { kind: 'median', startupTrials: 1, warmUpSteps: 1 } as const;
    await (await start({ trials: 4, order, pruner })).result();
    const sorted = fakes.trials.toSorted((a, b) => a.number - b.number);
    expect(sorted.map(({ pruning }) => pruning?.below)).toEqual([-1, 0, 1, 2]);
  });
});

describe('a study in the order of arrival', () => {
  it('takes for running what runs', async () => {
    const held = holdTrials();
    const handle = await start({ trials: 3, parallel: 2 });
    await vi.waitUntil(() => held.running.size === 2, { timeout: 20_000 });
    held.end(0);
    await vi.waitUntil(() => held.running.has(2), { timeout: 20_000 });
    expect(fakes.suggestions.at(-1)).toMatchObject({ number: 2, running: [1] });
    expect(fakes.suggestions.at(-1)?.settled).toMatchObject([{ number: 0, state: 'complete' }]);
    for (const number of [1, 2]) held.end(number);
    await handle.result();
  });
});

describe('what ends a study', () => {
  it('trials that are no better than the best before them', async () => {
    const { runTrial } = fakes.activities;
    fakes.activities.runTrial = async (input) => ({
      ...(await runTrial(input)),
      value: input.number === 2 ? 0.1 : 1,
    });
    await (await start({ trials: 50, parallel: 1, noImprovement: 4 })).result();
    expect(fakes.ended.size).toBe(7);
  });

  it('its minutes, without waiting for trials that run', async () => {
    const held = holdTrials();
    const handle = await start({ trials: 50, parallel: 2, minutes: 0.05 });
    await vi.waitUntil(() => held.running.has(0), { timeout: 20_000 });
    held.end(0);
    const { counts }: TuningStudyResult = await handle.result();
    expect(counts.complete).toBe(1);
    expect(counts.failed).toBeGreaterThan(0);
    const reasons = [...fakes.ended.values()].flatMap(({ reason }) => reason ?? []);
    expect(reasons[0]).toBe('ended with its study: the 0.05 minutes of its budget are over');
    expect(held.running.size).toBe(0);
  });

  it('a sampler that has nothing left to try', async () => {
    const { suggestTrial } = fakes.activities;
    fakes.activities.suggestTrial = async (input) => {
      const suggestion = await suggestTrial(input);
      return input.number < 3 ? suggestion : null;
    };
    const { counts }: TuningStudyResult = await (await start({ trials: 10, parallel: 2 })).result();
    expect(counts).toEqual({ complete: 3, pruned: 0, failed: 0 });
  });
});

describe('a study that is changed while it runs', () => {
  it('starts no trial while it is paused, goes on when it is resumed, and keeps what was decided', async () => {
    const held = holdTrials();
    const handle = await start({ trials: 3, parallel: 1 });
    await vi.waitUntil(() => held.running.has(0), { timeout: 20_000 });
    await handle.executeUpdate(studyUpdates.pause);
    expect(await refusalOf(handle.executeUpdate(studyUpdates.pause))).toContain('paused already');
    held.end(0);
    await vi.waitUntil(async () => (await status(handle)).running.length === 0, {
      timeout: 20_000,
    });
    await delay(500);
    expect(await status(handle)).toMatchObject({ state: 'paused', count: 1 });
    await handle.executeUpdate(studyUpdates.resume);
    for (const number of [1, 2]) {
      await vi.waitUntil(() => held.running.has(number), { timeout: 20_000 });
      held.end(number);
    }
    await handle.result();
    expect(fakes.closedStudies[0]?.decisions.map(({ kind }) => kind)).toEqual([
      'paused',
      'resumed',
    ]);
  });

  it('takes more trials, given parameters and another budget, and refuses what makes no sense', async () => {
    const held = holdTrials();
    const handle = await start({ trials: 1, parallel: 1 });
    await vi.waitUntil(() => held.running.has(0), { timeout: 20_000 });
    const given = { model: 'mlp', parameters: { width: 99 } };
    const enqueue = () => handle.executeUpdate(studyUpdates.enqueue, { args: [given] });
    expect(await refusalOf(enqueue())).toContain('all 1 trials of its budget are given');
    const extend = (more: number) => handle.executeUpdate(studyUpdates.extend, { args: [more] });
    expect(await refusalOf(extend(0))).toContain('0 is no number of trials above 0');
    expect(await refusalOf(extend(20_000))).toContain('from 1 to 10000');
    await extend(2);
    await enqueue();
    const change = (budget: object) =>
      handle.executeUpdate(studyUpdates.budget, { args: [budget] });
    expect(await refusalOf(change({ trials: 0 }))).toContain('from 1 to 10000');
    expect(await refusalOf(change({ minutes: -1 }))).toContain('-1 is no number of minutes');
    expect(await change({ minutes: 10 })).toMatchObject({ budget: { trials: 3, minutes: 10 } });
    for (const number of [0, 1, 2]) {
      await vi.waitUntil(() => held.running.has(number), { timeout: 20_000 });
      held.end(number);
    }
    await handle.result();
    expect(fakes.suggestions[1]?.given).toEqual(given);
    expect(fakes.trials.find(({ number }) => number === 1)?.parameters).toEqual({ width: 99 });
    expect(fakes.closedStudies[0]?.decisions.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['extended', 'trials 1 -> 3'],
      ['enqueued', 'mlp {"width":99}'],
      ['budget-changed', 'minutes any -> 10'],
    ]);
  });

  it('refuses given parameters with the words of what checked them', async () => {
    const held = holdTrials();
    fakes.activities.checkTrial = async () => {
      throw typedFailure('request-invalid', 'breadth is not a hyperparameter');
    };
    const handle = await start({ trials: 2, parallel: 1 });
    await vi.waitUntil(() => held.running.has(0), { timeout: 20_000 });
    const given = { model: 'mlp', parameters: { breadth: 99 } };
    const update = handle.executeUpdate(studyUpdates.enqueue, { args: [given] });
    await expect(update).rejects.toThrow(WorkflowUpdateFailedError);
    for (const number of [0, 1]) {
      await vi.waitUntil(() => held.running.has(number), { timeout: 20_000 });
      held.end(number);
    }
    await handle.result();
    expect(fakes.suggestions.map((suggestion) => suggestion.given)).toEqual([null, null]);
  });

  it('ends at once when it is stopped, with the best so far', async () => {
    const held = holdTrials();
    const handle = await start({ trials: 50, parallel: 2 });
    await vi.waitUntil(() => held.running.size === 2, { timeout: 20_000 });
    held.end(0);
    await vi.waitUntil(() => held.running.has(2), { timeout: 20_000 });
    await handle.executeUpdate(studyUpdates.stop);
    const { best }: TuningStudyResult = await handle.result();
    expect(best.number).toBe(0);
    expect(held.running.size).toBe(0);
  });
});

describe('the best trials', () => {
  it('are trained again with other seeds before one is chosen', async () => {
    await (await start({ trials: 5, parallel: 2, rescore: 2 })).result();
    const again = fakes.trials.filter((trial) => trial.again > 0);
    expect(again.map(({ number, again }) => [number, again]).sort()).toEqual([
      [3, 1],
      [3, 2],
      [4, 1],
      [4, 2],
    ]);
    const seeds = fakes.trials.map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(seeds.length);
    expect(fakes.closedStudies[0]?.rescores.map(({ number }) => number)).toEqual([4, 3]);
  });
});

describe('a study of 2,000 trials', () => {
  it('continues as new, hands everything over, and replays quickly', async () => {
    const handle = await start({ trials: 2_000, parallel: 8 });
    const { counts }: TuningStudyResult = await handle.result();
    expect(counts).toEqual({ complete: 2_000, pruned: 0, failed: 0 });
    expect([...fakes.ended.keys()].sort((a, b) => a - b)).toEqual([...Array(2_000).keys()]);
    expect(fakes.trials).toHaveLength(2_000);
    const last = await handle.fetchHistory();
    expect(last.events?.length ?? 0).toBeLessThan(6_000);
    await Worker.runReplayHistory({ workflowBundle: { codePath } }, last, handle.workflowId);
  });
});
