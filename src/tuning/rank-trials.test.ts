import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrialState } from '../contract/run-status.js';
import { rankTrials } from './rank-trials.js';

function trial(number: number, value: number | null, state: TrialState = 'complete') {
  return { number, value, state };
}

function numbersOf(trials: Parameters<typeof rankTrials>[0]): number[] {
  return rankTrials(trials).map(({ number }) => number);
}

describe('rankTrials', () => {
  it('puts the lowest value first', () => {
    expect(numbersOf([trial(0, 0.5), trial(1, 0.2), trial(2, 0.3)])).toEqual([1, 2, 0]);
  });

  it('puts the lowest number of equal values first, in whatever order they are listed', () => {
    expect(numbersOf([trial(3, 0.2), trial(1, 0.2), trial(2, 0.2)])).toEqual([1, 2, 3]);
  });

  it('leaves out failed and running trials, and those without a finite value', () => {
    const trials = [
      trial(0, 0.1, 'failed'),
      trial(1, 0.1, 'running'),
      trial(2, null),
      trial(3, Number.NaN),
      trial(4, Number.NEGATIVE_INFINITY),
      trial(5, 0.9),
    ];
    expect(numbersOf(trials)).toEqual([5]);
    expect(numbersOf(trials.slice(0, 5))).toEqual([]);
  });

  it('leaves the list as it was and ranks every complete trial', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true })), (values) => {
        const trials = values.map((value, number) => trial(number, value));
        const before = [...trials];
        const ranked = rankTrials(trials).map(({ value }) => value);
        expect(trials).toEqual(before);
        expect(ranked).toEqual([...values].sort((a, b) => a - b));
      }),
    );
  });
});
