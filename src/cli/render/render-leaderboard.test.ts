import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { DescribedTrial } from '../../contract/run-description.js';
import { renderLeaderboard } from './render-leaderboard.js';

const colors = pc.createColors(false);

const trials: readonly DescribedTrial[] = [
  {
    number: 0,
    state: 'complete',
    model: 'lightgbm',
    parameters: { learningRate: 0.05, leaves: 31 },
    value: 0.0612,
    reached: null,
    outcome: null,
    durationMs: 4200,
    reason: null,
  },
  {
    number: 1,
    state: 'failed',
    model: 'mlp',
    parameters: { learningRate: 0.1, layers: 3 },
    value: null,
    reached: null,
    outcome: null,
    durationMs: 900,
    reason: 'loss is not a number after epoch 2',
  },
  {
    number: 2,
    state: 'complete',
    model: 'mlp',
    parameters: { learningRate: 0.001, activation: 'relu' },
    value: 0.0414,
    reached: null,
    outcome: null,
    durationMs: 3900,
    reason: null,
  },
];

describe('renderLeaderboard', () => {
  it('lists trials from best to worst with model and parameters and marks best and failed ones', () => {
    expect(renderLeaderboard(trials, [], colors)).toEqual([
      'trial  model       value  duration  share                                              parameters',
      '    2  mlp       0.04140     3.9 s      -  best                                        learningRate 0.001000, activation relu',
      '    0  lightgbm  0.06120     4.2 s      -                                              learningRate 0.05000, leaves 31',
      '    1  mlp             -     0.9 s      -  failed: loss is not a number after epoch 2  learningRate 0.1000, layers 3',
    ]);
  });

  it('says how much of the final model each trial makes, the folds of a trial together', () => {
    const members = [
      { model: 'mlp', trial: 2, weight: 0.3 },
      { model: 'mlp', trial: 2, weight: 0.3 },
      { model: 'lightgbm', trial: 0, weight: 0.4 },
    ] as const;
    const lines = renderLeaderboard(trials, members, colors);
    expect(lines.slice(1).map((line) => line.slice(35, 41).trim())).toEqual(['60 %', '40 %', '']);
  });

  it('says where and why a trial was pruned, and which one was chosen in the place of the best', () => {
    const [first, second, third] = trials as [DescribedTrial, DescribedTrial, DescribedTrial];
    const pruned: DescribedTrial = {
      ...{ ...second, number: 3, state: 'pruned', reached: { step: 12, value: 0.9 } },
      reason: 'worse than the median of 5 trials',
    };
    expect(renderLeaderboard([first, pruned, third], null, colors, { chosen: 0 })).toEqual([
      'trial  model       value  duration                                                        parameters',
      '    2  mlp       0.04140     3.9 s  best                                                  learningRate 0.001000, activation relu',
      '    0  lightgbm  0.06120     4.2 s  chosen                                                learningRate 0.05000, leaves 31',
      '    3  mlp             -     0.9 s  pruned at step 12: worse than the median of 5 trials  learningRate 0.1000, layers 3',
    ]);
  });

  it('cuts long lists of parameters', () => {
    const names = Array.from({ length: 20 }, (_, index) => [`parameter${index}`, index]);
    const [first] = trials;
    const many = { ...(first as DescribedTrial), parameters: Object.fromEntries(names) };
    expect(renderLeaderboard([many], [], colors)[1]).toMatch(/parameter0 0, .*…$/);
  });
});
