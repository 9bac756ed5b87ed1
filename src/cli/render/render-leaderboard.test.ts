import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { renderLeaderboard } from './render-leaderboard.js';

describe('renderLeaderboard', () => {
  it('lists trials from best to worst with their hyperparameters and marks best and failed ones', () => {
    const lines = renderLeaderboard(
      [
        {
          number: 0,
          state: 'complete',
          parameters: { learningRate: 0.003, layers: 2 },
          value: 0.0612,
          durationMs: 4200,
          reason: null,
        },
        {
          number: 1,
          state: 'failed',
          parameters: { learningRate: 0.1, layers: 3 },
          value: null,
          durationMs: 900,
          reason: 'loss is not a number after epoch 2',
        },
        {
          number: 2,
          state: 'complete',
          parameters: { learningRate: 0.001, activation: 'relu' },
          value: 0.0414,
          durationMs: 3900,
          reason: null,
        },
      ],
      pc.createColors(false),
    );
    expect(lines).toEqual([
      'trial    value  duration  learningRate  layers  activation',
      '    2  0.04140     3.9 s      0.001000       -        relu  best',
      '    0  0.06120     4.2 s      0.003000       2           -',
      '    1        -     0.9 s        0.1000       3           -  failed: loss is not a number after epoch 2',
    ]);
  });
});
