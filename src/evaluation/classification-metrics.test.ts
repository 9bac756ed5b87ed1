import { describe, expect, it } from 'vitest';
import { createClassificationMetrics } from './classification-metrics.js';
import { equalWeights } from './weighted-average.js';

function compute(probabilities: readonly number[], targets: readonly number[], classCount: number) {
  const rows = {
    probabilities: Float32Array.from(probabilities),
    targets: Int32Array.from(targets),
    classCount,
  };
  return createClassificationMetrics(rows).metrics(equalWeights(targets.length));
}

describe('createClassificationMetrics', () => {
  it('computes all metrics of a binary classifier', () => {
    const metrics = compute([0.75, 0.25, 0.5, 0.5, 0.25, 0.75, 0.625, 0.375], [0, 0, 1, 1], 2);
    expect(metrics).toEqual({
      accuracy: 0.75,
      balancedAccuracy: 0.75,
      // Class 0: 2 hits of 2 rows and 3 predictions; class 1: 1 hit of 2 rows and 1 prediction.
      f1Macro: expect.closeTo((4 / 5 + 2 / 3) / 2, 15),
      logLoss: expect.closeTo(-Math.log(0.75 * 0.5 * 0.75 * 0.375) / 4, 15),
      rocAuc: 0.75,
    });
  });

  it('leaves out the area under the curve for more than two classes', () => {
    const metrics = compute([0.5, 0.25, 0.25, 0, 1, 0], [0, 1], 3);
    expect(metrics).toMatchObject({ accuracy: 1, balancedAccuracy: 1, f1Macro: 1 });
    expect(metrics).not.toHaveProperty('rocAuc');
  });

  it('leaves out the area under the curve when one class has no rows', () => {
    const metrics = compute([0.75, 0.25, 0.25, 0.75], [0, 0], 2);
    expect(metrics).not.toHaveProperty('rocAuc');
    expect(metrics).toMatchObject({ accuracy: 0.5, balancedAccuracy: 0.5 });
  });

  it('keeps the log loss finite for probabilities of 0 and 1', () => {
    expect(compute([0, 1], [0], 2).logLoss).toBeCloseTo(23 * Math.LN2, 12);
    expect(compute([1, 0], [0], 2).logLoss).toBeCloseTo(2 ** -23, 13);
  });

  it('predicts the first of equally probable classes', () => {
    expect(compute([0.5, 0.5, 0.25, 0.25], [0, 0], 2).accuracy).toBe(1);
  });

  it('counts rows by their weights', () => {
    const rows = {
      probabilities: Float32Array.of(0.75, 0.25, 0.75, 0.25),
      targets: Int32Array.of(0, 1),
      classCount: 2,
    };
    const { metrics, confusion } = createClassificationMetrics(rows);
    expect(metrics(Uint32Array.of(3, 1)).accuracy).toBe(0.75);
    expect(confusion(Uint32Array.of(3, 1))).toEqual([
      [3, 0],
      [1, 0],
    ]);
  });

  it.each([
    ['not finite', [Number.NaN, 1]],
    ['too few', [1]],
  ])('refuses probabilities that are %s', (_, probabilities) => {
    expect(() => compute(probabilities, [0], 2)).toThrow(
      expect.objectContaining({
        code: 'model-invalid',
        message: 'cannot evaluate the model: expected 2 finite probabilities for each of 1 rows',
      }),
    );
  });
});
