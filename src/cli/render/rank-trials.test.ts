import { describe, expect, it } from 'vitest';
import type { TrialSummary } from '../../contract/run-status.js';
import { findBestTrial, rankTrials } from './rank-trials.js';

const trial = (number: number, state: TrialSummary['state'], value: number | null) =>
  ({
    ...{ number, state, value, model: 'mlp', parameters: {} },
    ...{ outcome: null, durationMs: null, reason: null },
  }) satisfies TrialSummary;

describe('rankTrials', () => {
  it('puts the lowest value first, then running, pruned and failed trials', () => {
    const trials = [
      trial(0, 'failed', null),
      trial(1, 'complete', 0.5),
      trial(2, 'running', null),
      trial(3, 'complete', 0.2),
      trial(4, 'complete', 0.5),
      trial(5, 'pruned', null),
    ];
    expect(rankTrials(trials).map(({ number }) => number)).toEqual([3, 1, 4, 2, 5, 0]);
  });
});

describe('findBestTrial', () => {
  it('is the complete trial with the lowest value', () => {
    expect(findBestTrial([trial(0, 'complete', 2), trial(1, 'complete', 1)])?.number).toBe(1);
  });

  it('is null while no trial is complete', () => {
    expect(findBestTrial([])).toBeNull();
    expect(findBestTrial([trial(0, 'running', null), trial(1, 'failed', null)])).toBeNull();
  });
});
