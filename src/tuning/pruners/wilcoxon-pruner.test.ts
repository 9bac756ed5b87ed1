import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { runLanes, toTrial } from './testdata/reported-study.js';
import { createWilcoxonPruner } from './wilcoxon-pruner.js';

function foldScore(number: number, fold: number): number {
  return ((number * 37 + 11) % 23) / 4 + ((number * 13 + fold * 7) % 9) - ((fold * 5) % 7) * 2;
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

// Folds at which WilcoxonPruner of Optuna 5.0.0 prunes the same scores, one trial after the other.
test.each([
  [
    0.1,
    8,
    [0, 0, 6, 4, 5, 4, 0, 4, 4, 4, 4, 0, 4, 5, 0, 0, 4, 5, 4, 0, 4, 4, 4, 4, 0, 4, 5, 4, 5, 0],
  ],
  [
    0.3,
    10,
    [0, 0, 2, 3, 2, 2, 10, 2, 3, 2, 3, 0, 2, 3, 0, 4, 2, 3, 2, 10, 2, 2, 2, 2, 0, 2, 3, 2, 3, 10],
  ],
])('with p = %d and %d folds trials end where Optuna ends them', (pThreshold, steps, expected) => {
  const prunedAt = runLanes(createWilcoxonPruner({ pThreshold, startupSteps: 2 }), {
    ...{ trials: 30, lanes: 1, every: 1, steps },
    valueAt: foldScore,
    finalValue: meanOf,
  });
  expect(prunedAt).toEqual(expected);
});

const complete = (number: number, folds: readonly number[]) =>
  toTrial(number, folds, { state: 'complete', value: meanOf(folds) });

describe('createWilcoxonPruner', () => {
  const pruner = createWilcoxonPruner({ pThreshold: 0.1, startupSteps: 2 });
  const others = [complete(0, [9, 9, 9, 9, 9]), complete(1, [1, 5, 2, 4, 3])];

  it('compares each fold with the same fold of the best trial, in whatever order', () => {
    const trial = toTrial(7, [
      { step: 4, value: 4.1 },
      { step: 2, value: 5.2 },
      { step: 5, value: 3.3 },
      { step: 1, value: 2 },
    ]);
    expect(pruner({ trial, others })).toEqual({
      prune: true,
      reason: 'worse than trial 1 on 4 folds (p = 0.063)',
    });
    expect(pruner({ trial: toTrial(7, [1.1, 5.1, 2.1]), others }).prune).toBe(false);
  });

  it('leaves out folds that the best trial was not scored on', () => {
    const trial = toTrial(7, [
      ...[1, 2, 3].map((step) => ({ step, value: 20 })),
      { step: 9, value: 20 },
    ]);
    expect(pruner({ trial, others }).prune).toBe(false);
  });

  it('ends no trial whose mean is as good as that of the best', () => {
    const best = complete(1, [1, 1, 1, 1, 50]);
    expect(pruner({ trial: toTrial(7, [2, 2, 2, 2]), others: [best] }).prune).toBe(false);
  });

  it('proves nothing with folds that are not finite, or without a complete trial', () => {
    const worse = [8, 8, 8, 8];
    expect(pruner({ trial: toTrial(7, worse), others: [] }).prune).toBe(false);
    expect(pruner({ trial: toTrial(7, [...worse, Number.NaN]), others }).prune).toBe(false);
    const open = toTrial(1, [1, 1, 1, Number.NaN], { state: 'complete', value: 1 });
    expect(pruner({ trial: toTrial(7, worse), others: [open] }).prune).toBe(false);
    expect(pruner({ trial: toTrial(7, worse), others }).prune).toBe(true);
  });

  it('waits for as many folds as it is told', () => {
    const patient = createWilcoxonPruner({ pThreshold: 0.5, startupSteps: 4 });
    expect(patient({ trial: toTrial(7, [8, 8, 8]), others }).prune).toBe(false);
    expect(patient({ trial: toTrial(7, [8, 8, 8, 8]), others }).prune).toBe(true);
  });

  const folds = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 6, maxLength: 6 });
  const careless = createWilcoxonPruner({ pThreshold: 0.6, startupSteps: 2 });

  it('never ends a trial that is as good on every fold as the best', () => {
    fc.assert(
      fc.property(folds, fc.array(fc.nat(9), { minLength: 2, maxLength: 6 }), (best, gains) => {
        const trial = toTrial(
          7,
          gains.map((gain, index) => (best[index] ?? 0) - gain),
        );
        expect(careless({ trial, others: [complete(1, best)] }).prune).toBe(false);
      }),
    );
  });

  it('ends no trial that would have gone on with a worse value, unless differences tie', () => {
    const sizesOf = (best: readonly number[], own: readonly number[]) =>
      new Set(own.map((value, index) => Math.abs(value - (best[index] ?? 0))));
    fc.assert(
      fc.property(folds, folds, fc.nat(40), (best, own, loss) => {
        const worse = [...own.slice(0, -1), (own.at(-1) ?? 0) + loss];
        fc.pre([own, worse].every((values) => sizesOf(best, values).size === values.length));
        const [endsBetter, endsWorse] = [own, worse].map(
          (values) => careless({ trial: toTrial(7, values), others: [complete(1, best)] }).prune,
        );
        expect(endsBetter === true && endsWorse === false).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
