import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrialState } from '../contract/run-status.js';
import { bestTrial } from './best-trial.js';

function trial(number: number, value: number | null, state: TrialState = 'complete') {
  return { number, value, state };
}

describe('bestTrial', () => {
  it('takes the lowest value', () => {
    expect(bestTrial([trial(0, 0.5), trial(1, 0.2), trial(2, 0.3)])?.number).toBe(1);
  });

  it('takes the lowest number of equal values, in whatever order they are listed', () => {
    expect(bestTrial([trial(3, 0.2), trial(1, 0.2), trial(2, 0.2)])?.number).toBe(1);
  });

  it('never takes a failed or running trial, nor one without a finite value', () => {
    const trials = [
      trial(0, 0.1, 'failed'),
      trial(1, 0.1, 'running'),
      trial(2, null),
      trial(3, Number.NaN),
      trial(4, Number.NEGATIVE_INFINITY),
      trial(5, 0.9),
    ];
    expect(bestTrial(trials)?.number).toBe(5);
    expect(bestTrial(trials.slice(0, 5))).toBeUndefined();
    expect(bestTrial([])).toBeUndefined();
  });

  it('leaves the list as it was and is no worse than any complete trial', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true })), (values) => {
        const trials = values.map((value, number) => trial(number, value));
        const before = [...trials];
        const best = bestTrial(trials);
        expect(trials).toEqual(before);
        expect(best?.value).toBe(values.length === 0 ? undefined : Math.min(...values) + 0);
      }),
    );
  });
});
