import { describe, expect, it } from 'vitest';
import type { DescribedTrial, StudySummary } from '../../contract/run-description.js';
import { describeChanges } from './describe-changes.js';
import { createRunDescription } from './testdata/create-run-description.js';

const trial = (number: number, change: Partial<DescribedTrial>): DescribedTrial => ({
  number,
  state: 'running',
  model: 'mlp',
  parameters: {},
  value: null,
  reached: null,
  outcome: null,
  durationMs: null,
  reason: null,
  ...change,
});

describe('describeChanges', () => {
  it('tells at the first look what is already there', () => {
    const run = createRunDescription({
      steps: {
        download: { state: 'succeeded', durationMs: 440, summary: '13.5 kB' },
        validate: { state: 'running' },
      },
    });
    expect(describeChanges(null, run)).toEqual([
      'run penguins-20261123-170812-4f9k2m running',
      'download succeeded in 0.4 s: 13.5 kB',
      'validate started',
    ]);
  });

  it('is silent when nothing changed', () => {
    const run = createRunDescription({
      waitingForWorkerOn: 'train',
      steps: { tune: { state: 'running' } },
      trials: [trial(0, { state: 'complete', value: 1 })],
    });
    expect(describeChanges(run, run)).toEqual([]);
  });

  it('tells of finished trials and which one is the best so far', () => {
    const before = createRunDescription({ trials: [trial(0, {}), trial(1, {})] });
    const after = createRunDescription({
      trials: [
        trial(0, { state: 'complete', value: 0.0612, durationMs: 2000 }),
        trial(1, { state: 'failed', reason: 'loss is not a number after epoch 2' }),
      ],
    });
    expect(describeChanges(before, after)).toEqual([
      'trial 0 (mlp) complete in 2.0 s: 0.06120 (best so far)',
      'trial 1 (mlp) failed: loss is not a number after epoch 2',
    ]);
  });

  it('tells of trials before the end of their step, however much happened at once', () => {
    const before = createRunDescription({ steps: { prepare: { state: 'running' } } });
    const trials = [trial(0, { state: 'complete', value: 0.5 })];
    const tuning = createRunDescription({ steps: { tune: { state: 'running' } }, trials });
    const after = createRunDescription({
      steps: { tune: { state: 'succeeded', summary: '1 trial' }, train: { state: 'running' } },
      trials,
    });
    const told = 'trial 0 (mlp) complete: 0.5000 (best so far)';
    expect(describeChanges(before, tuning)).toEqual(['tune started', told]);
    expect(describeChanges(before, after)).toEqual([
      told,
      'tune succeeded: 1 trial',
      'train started',
    ]);
  });

  it('tells where and why a trial was pruned', () => {
    const pruned = trial(3, {
      state: 'pruned',
      reached: { step: 12, value: 0.9 },
      durationMs: 2000,
      reason: 'worse than the median of 5 trials',
    });
    expect(
      describeChanges(createRunDescription(), createRunDescription({ trials: [pruned] })),
    ).toEqual(['trial 3 (mlp) pruned in 2.0 s at step 12: worse than the median of 5 trials']);
  });

  it('tells once what was decided about the study', () => {
    const decisions = [
      { at: '2026-11-23T17:09:00.000Z', kind: 'paused', detail: 'no further trial starts' },
      { at: '2026-11-23T17:10:00.000Z', kind: 'extended', detail: 'trials 60 -> 80' },
    ] as const;
    const study = (count: number): StudySummary => ({
      ...{ state: 'paused', budget: null, enqueued: 0, decisions: decisions.slice(0, count) },
      counts: { running: 0, complete: 1, pruned: 0, failed: 0 },
    });
    const steps = { tune: { state: 'running' } } as const;
    const look = (count: number) => createRunDescription({ steps, study: study(count) });
    expect(describeChanges(createRunDescription({ steps }), look(1))).toEqual([
      'study paused: no further trial starts',
    ]);
    expect(describeChanges(look(1), look(2))).toEqual(['study extended: trials 60 -> 80']);
    expect(describeChanges(look(2), look(2))).toEqual([]);
  });

  it('tells once that work waits for a worker', () => {
    const waiting = createRunDescription({ waitingForWorkerOn: 'data' });
    expect(describeChanges(createRunDescription(), waiting)).toEqual([
      'waiting for a worker on `data` (start one: receta worker --queues data)',
    ]);
  });

  it('ends with the outcome', () => {
    const finished = createRunDescription({
      state: 'finished',
      outcome: 'rejected',
      durationMs: 61_000,
    });
    expect(describeChanges(createRunDescription(), finished)).toEqual([
      'run rejected in 1 min 01 s',
    ]);
  });
});
