import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { StudyBudget } from '../../contract/study-budget.js';
import type { StudyOrder } from '../../contract/study-order.js';
import { type BudgetedTrial, stopStudy } from './stop-study.js';

const fixed: StudyOrder = { kind: 'fixed', window: 4 };
const arrival: StudyOrder = { kind: 'arrival' };
const endless: StudyBudget = { trials: 1_000, minutes: null, noImprovement: null };

/** All of them have ended, in the order of `ended` or of their numbers; without a value they are pruned. */
function toTrials(
  values: readonly (number | null)[],
  ended: readonly number[] = [],
): BudgetedTrial[] {
  return values.map((value, number) => ({
    number,
    value,
    state: value === null ? 'pruned' : 'complete',
    ended: ended[number] ?? number,
  }));
}

function decide(
  budget: Partial<StudyBudget>,
  order: StudyOrder,
  trials: readonly BudgetedTrial[],
  elapsedMinutes = 0,
) {
  const number = trials.length;
  return stopStudy({ budget: { ...endless, ...budget }, order, number, trials, elapsedMinutes });
}

/**
 * Worked by hand for a window of four and a limit of two: the trials' values, and what is known when trial n is due.
 *
 * n              4    5    6    7    8    9    10
 * last looked at 0    1    2    3    4    5    6
 * its value      9    7    5    -    -    6    5
 * since the best 0    0    0    0    0    1    2: the study ends before trial 10, although trial 7 had 4
 */
test('in fixed order a study ends where a table worked out by hand says', () => {
  const trials = toTrials([9, 7, 5, null, null, 6, 5, 4, 3, 2, 1]);
  const ends = [4, 5, 6, 7, 8, 9, 10].map((number) =>
    decide({ noImprovement: 2 }, fixed, trials.slice(0, number)),
  );
  expect(ends).toEqual([
    ...[null, null, null, null, null, null],
    {
      cause: 'no-improvement',
      reason: 'the last 2 complete trials were no better than trial 2',
    },
  ]);
});

test('in order of arrival trials count as they ended', () => {
  const values = [9, 1, 5, 6];
  const noImprovement = 3;
  expect(decide({ noImprovement }, arrival, toTrials(values, [0, 3, 1, 2]))).toBe(null);
  expect(decide({ noImprovement }, arrival, toTrials(values, [1, 0, 2, 3]))).toEqual({
    cause: 'no-improvement',
    reason: 'the last 3 complete trials were no better than trial 1',
  });
});

describe('stopStudy', () => {
  it('ends a study when all trials were tried, failed ones too', () => {
    const failed: BudgetedTrial = { number: 1, state: 'failed', value: null, ended: 1 };
    const trials = [...toTrials([1]), failed];
    expect(decide({ trials: 3 }, arrival, trials)).toBe(null);
    expect(decide({ trials: 2 }, arrival, trials)).toEqual({
      cause: 'trials',
      reason: 'all 2 trials of its budget were tried',
    });
  });

  it('ends a study when its minutes are over', () => {
    expect(decide({ minutes: 30 }, fixed, [], 29.9)).toBe(null);
    expect(decide({ minutes: 30 }, fixed, [], 30)).toEqual({
      cause: 'minutes',
      reason: 'the 30 minutes of its budget are over',
    });
  });

  it('takes an equal value for no improvement, and NaN neither', () => {
    expect(decide({ noImprovement: 2 }, arrival, toTrials([1, 1, 1]))).not.toBe(null);
    expect(decide({ noImprovement: 2 }, arrival, toTrials([1, 1, 0.9]))).toBe(null);
    expect(decide({ noImprovement: 2 }, arrival, toTrials([Number.NaN, Number.NaN]))?.reason).toBe(
      'none of the first 2 complete trials has a value',
    );
  });

  it('counts no trial that was pruned', () => {
    expect(decide({ noImprovement: 2 }, arrival, toTrials([1, null, null, 2]))).toBe(null);
  });

  it('decides in fixed order without a look at clock-like things', () => {
    const values = fc.array(fc.option(fc.integer({ min: 0, max: 9 })), {
      minLength: 8,
      maxLength: 20,
    });
    fc.assert(
      fc.property(values, fc.array(fc.nat(99)), fc.array(fc.boolean()), (given, ended, open) => {
        const trials = toTrials(given);
        const others = toTrials(given, ended).map((trial): BudgetedTrial => {
          const isInWindow = trial.number > given.length - 4;
          const isOpen = isInWindow && open[trial.number] === true;
          return isOpen ? { ...trial, state: 'running', value: null, ended: null } : trial;
        });
        const budget = { noImprovement: 3 };
        expect(decide(budget, fixed, [...others].reverse())).toEqual(decide(budget, fixed, trials));
      }),
    );
  });
});
