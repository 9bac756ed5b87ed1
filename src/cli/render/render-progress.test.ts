import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { renderProgress } from './render-progress.js';
import { createRunDescription } from './testdata/create-run-description.js';

const options = {
  nowMs: Date.parse('2026-11-23T17:08:20.500Z'),
  colors: pc.createColors(false),
  notice: null,
};

describe('renderProgress', () => {
  it('shows durations, the study and what the running trials reported last', () => {
    const run = createRunDescription({
      steps: {
        download: { state: 'succeeded', durationMs: 440, summary: '13.5 kB' },
        validate: { state: 'succeeded', durationMs: 810, summary: '344 rows, 7 columns' },
        transform: { state: 'succeeded', durationMs: 900 },
        prepare: { state: 'succeeded', durationMs: 1200 },
        tune: { state: 'running', startedAt: '2026-11-23T17:08:16.000Z' },
      },
      trials: [
        {
          number: 0,
          state: 'complete',
          model: 'mlp',
          parameters: {},
          value: 0.0612,
          reached: null,
          outcome: null,
          durationMs: 2000,
          reason: null,
        },
        {
          number: 1,
          state: 'running',
          model: 'mlp',
          parameters: {},
          value: null,
          reached: null,
          outcome: null,
          durationMs: null,
          reason: null,
        },
      ],
      study: {
        state: 'running',
        budget: { trials: 60, minutes: null, noImprovement: null },
        counts: { complete: 1, running: 1, pruned: 0, failed: 0 },
        enqueued: 0,
        decisions: [],
      },
      activities: [
        {
          step: 'tune',
          trial: 1,
          epoch: 12,
          epochs: 60,
          trainLoss: 0.1234,
          validationLoss: 0.13012,
          resumedFromEpoch: 10,
          message: null,
        },
      ],
    });
    expect(renderProgress(run, options)).toEqual([
      'penguins-20261123-170812-4f9k2m  running',
      '  ✓ download        0.4 s  13.5 kB',
      '  ✓ validate        0.8 s  344 rows, 7 columns',
      '  ✓ transform       0.9 s',
      '  ✓ prepare         1.2 s',
      '  ● tune            4.5 s  2 of 60 trials, 1 complete, 1 running, best is trial 0 (mlp, 0.06120)',
      '      trial 1  epoch 12/60  loss 0.1234  validation 0.1301  resumed from epoch 10',
      '  · train',
      '  · evaluate',
      '  · register',
      '  · promote',
    ]);
  });

  it('says that a study is paused, and counts trials that are not shown', () => {
    const run = createRunDescription({
      steps: { tune: { state: 'running' } },
      trialCount: 1200,
      study: {
        ...{ state: 'paused', budget: null, enqueued: 0, decisions: [] },
        counts: { complete: 1100, running: 0, pruned: 97, failed: 3 },
      },
    });
    const line = renderProgress(run, options).find((text) => text.includes('tune'));
    expect(line?.trim()).toBe(
      '● tune                   paused, 1,100 complete, 97 pruned, 3 failed',
    );
  });

  it('says on which queue work waits for a worker, and how to start one', () => {
    const lines = renderProgress(createRunDescription({ waitingForWorkerOn: 'train' }), options);
    expect(lines.at(-1)).toBe(
      'waiting for a worker on `train` (start one: receta worker --queues train)',
    );
  });

  it('ends with the notice when the run could not be asked', () => {
    const notice = 'Temporal does not answer; trying again';
    expect(renderProgress(createRunDescription(), { ...options, notice }).at(-1)).toBe(notice);
  });
});
