import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createMedianPruner } from './median-pruner.js';
import { curveAt, runLanes, toTrial } from './testdata/reported-study.js';

function curveWithGaps(number: number, step: number): number {
  return (number * 7 + step) % 11 === 0 ? Number.NaN : curveAt(number, step);
}

// Steps at which MedianPruner of Optuna 5.0.0 prunes the same curves, one trial after the other.
test.each([
  [
    { startupTrials: 5, warmUpSteps: 0 },
    [0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 8, 1, 1, 1, 1, 0, 1, 1],
  ],
  [
    { startupTrials: 3, warmUpSteps: 4 },
    [0, 0, 0, 0, 4, 4, 4, 4, 0, 4, 4, 0, 4, 4, 4, 4, 4, 4, 4, 0, 4, 4, 4, 4, 4, 4, 4, 0, 4, 4],
  ],
])('with %j trials end where Optuna ends them, NaN among them', (settings, expected) => {
  const prunedAt = runLanes(createMedianPruner(settings), {
    ...{ trials: 30, lanes: 1, steps: 8, every: 1 },
    valueAt: curveWithGaps,
    finalValue: (values) => values.at(-1) ?? 0,
  });
  expect(prunedAt).toEqual(expected);
});

const complete = (number: number, curve: readonly number[]) =>
  toTrial(number, curve, { state: 'complete', value: curve.at(-1) ?? 0 });

describe('createMedianPruner', () => {
  const others = [0.1, 0.2, 0.4, 0.5].map((value, number) => complete(number, [1, value]));

  it('compares the best value so far with the median at the newest step', () => {
    const pruner = createMedianPruner({ startupTrials: 4, warmUpSteps: 2 });
    const decide = (...values: number[]) => pruner({ trial: toTrial(9, values), others });
    expect(decide(1.5).prune).toBe(false);
    expect(decide(0.3, 7).prune).toBe(false);
    expect(decide(0.35, 7)).toEqual({
      prune: true,
      reason:
        '0.35, its best up to step 2, is worse than the median of the complete trials there (0.3)',
    });
  });

  it('waits for enough complete trials, and counts no others', () => {
    const pruner = createMedianPruner({ startupTrials: 5, warmUpSteps: 1 });
    const trial = toTrial(9, [1, 9]);
    const pruned = toTrial(8, [1, 0], { state: 'pruned' });
    expect(pruner({ trial, others: [...others, pruned] }).prune).toBe(false);
    expect(pruner({ trial, others: [...others, complete(8, [1, 0])] }).prune).toBe(true);
  });

  it('ends a trial that has reported nothing but NaN', () => {
    const pruner = createMedianPruner({ startupTrials: 1, warmUpSteps: 1 });
    const trial = toTrial(9, [Number.NaN, Number.NaN]);
    expect(pruner({ trial, others }).reason).toBe('nothing but not-a-number up to step 2');
  });

  it('lets a trial go on at a step that no complete trial reported', () => {
    const pruner = createMedianPruner({ startupTrials: 1, warmUpSteps: 1 });
    expect(pruner({ trial: toTrial(9, [5, 5, 5]), others }).prune).toBe(false);
  });

  const values = fc.double({ noNaN: true, min: -100, max: 100 });
  const curves = fc.array(fc.array(values, { minLength: 4, maxLength: 4 }), { maxLength: 12 });
  const own = fc.array(values, { minLength: 1, maxLength: 4 });
  const pruner = createMedianPruner({ startupTrials: 2, warmUpSteps: 1 });

  it('never ends the best trial at its step', () => {
    fc.assert(
      fc.property(curves, own, (others, values) => {
        const step = values.length;
        const best = Math.min(...others.map((curve) => curve[step - 1] ?? 0), ...values);
        const trial = toTrial(99, [...values.slice(0, -1), best]);
        expect(pruner({ trial, others: others.map((c, n) => complete(n, c)) }).prune).toBe(false);
      }),
    );
  });

  it('ends no trial that would have gone on with a worse value', () => {
    fc.assert(
      fc.property(curves, own, values, (others, earlier, value) => {
        const sorted = [earlier.at(-1) ?? 0, value].sort((a, b) => a - b);
        const ends = sorted.map((last) => {
          const trial = toTrial(99, [...earlier.slice(0, -1), last]);
          return pruner({ trial, others: others.map((c, n) => complete(n, c)) }).prune;
        });
        expect(ends).not.toEqual([true, false]);
      }),
    );
  });
});
