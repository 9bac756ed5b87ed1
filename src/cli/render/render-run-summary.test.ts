import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { renderRunSummary } from './render-run-summary.js';
import { createRunDescription } from './testdata/create-run-description.js';

const colors = pc.createColors(false);

describe('renderRunSummary', () => {
  it('shows steps, trials, metrics beside the baseline and the model of a run that succeeded', () => {
    const run = createRunDescription({
      state: 'finished',
      outcome: 'succeeded',
      durationMs: 21_300,
      steps: {
        download: {
          state: 'succeeded',
          durationMs: 440,
          summary: '13.5 kB',
          cache: {
            state: 'hit',
            reason: 'unchanged since penguins-20261122-170812-aaaaaa',
            key: 'k',
            parts: { uri: 's3://b/k', sha256: 'k', sizeBytes: 1, mediaType: 'application/json' },
          },
        },
      },
      trials: [
        {
          number: 0,
          state: 'complete',
          model: 'mlp',
          parameters: { layers: 2 },
          value: 0.0612,
          reached: null,
          outcome: null,
          durationMs: 2000,
          reason: null,
        },
      ],
      members: [{ model: 'mlp', trial: 0, weight: 1 }],
      metrics: { accuracy: 0.985507 },
      baseline: { accuracy: 0.441176 },
      model: { model: 'penguins', version: 2 },
    });
    expect(renderRunSummary(run, colors)).toEqual([
      'run penguins-20261123-170812-4f9k2m succeeded in 21.3 s',
      '',
      'step       state      duration  summary  cache',
      'download   succeeded     0.4 s  13.5 kB  hit: unchanged since penguins-20261122-170812-aaaaaa',
      'validate   waiting           -',
      'transform  waiting           -',
      'prepare    waiting           -',
      'tune       waiting           -',
      'train      waiting           -',
      'evaluate   waiting           -',
      'register   waiting           -',
      'promote    waiting           -',
      '',
      'trial  model    value  duration  share        parameters',
      '    0  mlp    0.06120     2.0 s  100 %  best  layers 2',
      '',
      'metric    held-out  baseline',
      'accuracy    0.9855    0.4412',
      '',
      'model penguins version 2',
    ]);
  });

  it('says of a run whose study is paused how it goes on', () => {
    const run = createRunDescription({
      study: {
        ...{ state: 'paused', budget: null, enqueued: 0, decisions: [] },
        counts: { complete: 0, running: 0, pruned: 0, failed: 0 },
      },
    });
    expect(renderRunSummary(run, colors)[1]).toBe(
      'its study is paused (go on: receta study resume penguins-20261123-170812-4f9k2m)',
    );
  });

  it('says how to see all trials where it shows some', () => {
    const trials = [0, 1].map((number) => ({
      ...{ number, state: 'running' as const, model: 'mlp' as const, parameters: {}, value: null },
      ...{ reached: null, outcome: null, durationMs: null, reason: null },
    }));
    const run = createRunDescription({ trials, trialCount: 2000 });
    expect(renderRunSummary(run, colors).at(-1)).toBe(
      '2 of 2,000 trials; all: receta study show penguins-20261123-170812-4f9k2m --limit 2000',
    );
  });

  it('says that a gate refused the model of a rejected run', () => {
    const run = createRunDescription({
      state: 'finished',
      outcome: 'rejected',
      model: { model: 'penguins', version: 3 },
    });
    expect(renderRunSummary(run, colors).at(-1)).toBe(
      'model penguins version 3 registered, but refused by a gate',
    );
  });

  it('ends with step, message, code and problems of a failure', () => {
    const run = createRunDescription({
      state: 'finished',
      outcome: 'failed',
      failure: {
        code: 'target-invalid',
        step: 'validate',
        message: 'the target column `specie` is not in the data',
        problems: [{ message: 'did you mean `species`?', path: 'target' }],
      },
    });
    expect(renderRunSummary(run, colors).slice(-2)).toEqual([
      'failed in step validate: the target column `specie` is not in the data (target-invalid)',
      '  target: did you mean `species`?',
    ]);
  });

  it('does not say the only problem of a failure twice', () => {
    const failure = {
      code: 'target-invalid' as const,
      step: 'prepare' as const,
      message: 'The data set cannot be used: there is no column `specie`.',
      problems: [{ message: 'there is no column `specie`.', path: 'specie' }],
    };
    const run = createRunDescription({ state: 'finished', outcome: 'failed', failure });
    expect(renderRunSummary(run, colors).at(-1)).toBe(
      `failed in step prepare: ${failure.message} (target-invalid)`,
    );
  });
});
