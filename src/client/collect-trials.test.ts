import { describe, expect, it } from 'vitest';
import { collectTrials } from './collect-trials.js';
import { createStudyStatus } from './testdata/create-study-status.js';
import { settledTrial, suggestedTrial } from './testdata/create-trials.js';

const startedAt = '2026-11-23T17:09:00.000Z';

const stored = [
  { suggested: suggestedTrial(0), settled: settledTrial(0) },
  { suggested: suggestedTrial(1), settled: null },
  null,
  { suggested: suggestedTrial(3), settled: null },
];

describe('collectTrials', () => {
  it('takes the end of a trial from the store or from the workflow that has not saved it yet', () => {
    const status = createStudyStatus({
      unsaved: [settledTrial(1, { state: 'failed', value: null, reason: 'loss is not a number' })],
      running: [{ number: 3, startedAt }],
    });
    const trials = collectTrials({ stored, status, isOver: false });
    expect(trials).toEqual([
      { ...suggestedTrial(0), ...settledTrial(0), reports: [] },
      expect.objectContaining({ number: 1, state: 'failed', reason: 'loss is not a number' }),
      expect.objectContaining({ number: 3, state: 'running', startedAt, durationMs: null }),
    ]);
  });

  it('takes what has no end as running while nobody can be asked', () => {
    const trials = collectTrials({ stored, status: null, isOver: false });
    expect(trials.map(({ state }) => state)).toEqual(['complete', 'running', 'running']);
  });

  it('says of trials without an end that they ended with their run', () => {
    const trials = collectTrials({ stored, status: null, isOver: true });
    expect(trials.slice(1)).toMatchObject([
      { number: 1, state: 'failed', value: null, reason: 'it ended with its run' },
      { number: 3, state: 'failed' },
    ]);
  });
});
