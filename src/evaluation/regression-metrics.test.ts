import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRegressionMetrics } from './regression-metrics.js';
import { equalWeights } from './weighted-average.js';

function compute(predictions: readonly number[], targets: readonly number[]) {
  const rows = {
    predictions: Float64Array.from(predictions),
    targets: Float64Array.from(targets),
  };
  return createRegressionMetrics(rows)(equalWeights(targets.length));
}

describe('createRegressionMetrics', () => {
  it('computes all metrics by their definitions', () => {
    expect(compute([1, 2, 4, 8], [1, 3, 2, 8])).toEqual({
      rmse: Math.sqrt(5 / 4),
      mae: 3 / 4,
      medianAbsoluteError: 0.5,
      // Squared distances from the mean 3.5: 6.25 + 0.25 + 2.25 + 20.25.
      r2: 1 - 5 / 29,
      rmseLog: expect.closeTo(Math.sqrt((Math.log(1.5) ** 2 + Math.log(2) ** 2) / 4), 15),
    });
  });

  it.each([
    ['a prediction is 0', [0, 1], [1, 2]],
    ['a target is negative', [1, 1], [-1, 2]],
  ])('leaves out rmseLog when %s', (_, predictions, targets) => {
    expect(compute(predictions, targets)).not.toHaveProperty('rmseLog');
  });

  it('gives r2 1 or 0 when all targets are equal, and none for a single row', () => {
    expect(compute([2, 2], [2, 2]).r2).toBe(1);
    expect(compute([2, 3], [2, 2]).r2).toBe(0);
    expect(compute([2], [2])).toEqual({ rmse: 0, mae: 0, medianAbsoluteError: 0, rmseLog: 0 });
  });

  it('leaves out metrics that overflow', () => {
    const metrics = compute([-1e200, 0], [1e200, 0]);
    expect(metrics).toEqual({ mae: 1e200, medianAbsoluteError: 1e200 });
  });

  it('counts rows by their weights', () => {
    const rows = { predictions: Float64Array.of(0, 0), targets: Float64Array.of(1, 5) };
    const metrics = createRegressionMetrics(rows)(Uint32Array.of(3, 1));
    expect(metrics).toMatchObject({ mae: 2, rmse: Math.sqrt(7), medianAbsoluteError: 1 });
  });

  it.each([
    ['not finite', [Number.POSITIVE_INFINITY]],
    ['too many', [1, 2]],
  ])('refuses predictions that are %s', (_, predictions) => {
    expect(() => compute(predictions, [1])).toThrow(
      expect.objectContaining({
        code: 'model-invalid',
        message: 'cannot evaluate the model: expected one finite prediction for each of 1 rows',
      }),
    );
  });

  it('never gives a mean error above the root mean square, nor an r2 above 1', () => {
    const number = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 8);
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 2 }), (pairs) => {
        const { mae, rmse, r2 } = compute(
          pairs.map(([prediction]) => prediction),
          pairs.map(([, target]) => target),
        );
        expect(mae).toBeLessThanOrEqual((rmse ?? 0) * (1 + 1e-9));
        expect(r2).toBeLessThanOrEqual(1);
      }),
    );
  });
});
