import { describe, expect, it } from 'vitest';
import { countStates } from './count-states.js';
import { studyTrial } from './testdata/create-trials.js';
import { toShownStudy } from './to-shown-study.js';

const summarize = (trials: readonly ReturnType<typeof studyTrial>[]) => ({
  summary: {
    ...{ state: 'running' as const, budget: null, enqueued: 0, decisions: [] },
    counts: countStates(trials),
  },
  trials,
});

describe('toShownStudy', () => {
  it('shows every trial of up to 200, without what only the study itself tells', () => {
    const study = summarize(Array.from({ length: 200 }, (_, number) => studyTrial(number)));
    const shown = toShownStudy(study);
    expect(shown).toMatchObject({ trialCount: 200, study: { counts: { complete: 200 } } });
    expect(shown.trials).toHaveLength(200);
    expect(shown.trials[0]).not.toHaveProperty('sampler');
  });

  it('shows the 100 best and the 100 newest of more, by number', () => {
    const trials = Array.from({ length: 1_000 }, (_, number) =>
      number % 2 === 0
        ? studyTrial(number, { value: number })
        : studyTrial(number, { state: 'pruned', value: null }),
    );
    const { trials: shown, trialCount } = toShownStudy(summarize(trials));
    const even = Array.from({ length: 100 }, (_, index) => 2 * index);
    const newest = Array.from({ length: 100 }, (_, index) => 900 + index);
    expect(shown.map(({ number }) => number)).toEqual([...even, ...newest]);
    expect(trialCount).toBe(1_000);
  });

  it('shows a trial once that is among the best and the newest', () => {
    const trials = Array.from({ length: 201 }, (_, number) =>
      studyTrial(number, { value: -number }),
    );
    expect(toShownStudy(summarize(trials)).trials).toHaveLength(100);
  });

  it('shows no trials where there is no study', () => {
    expect(toShownStudy(null)).toEqual({ study: null, trials: [], trialCount: 0 });
  });
});
