import { describe, expect, it } from 'vitest';
import { dummyClassification, dummyRegression } from './dummy-baseline.js';

describe('dummyClassification', () => {
  it('predicts the most frequent class of the train part with its shares as probabilities', () => {
    expect(dummyClassification([0.25, 0.75], Int32Array.of(0, 1, 1, 1))).toEqual({
      accuracy: 0.75,
      balancedAccuracy: 0.5,
      f1Macro: expect.closeTo(6 / 7 / 2, 15),
      logLoss: expect.closeTo(-(Math.log(0.25) + 3 * Math.log(0.75)) / 4, 15),
      rocAuc: 0.5,
    });
  });

  it('looks at the train part only, even where the test part has another favorite', () => {
    expect(dummyClassification([0.75, 0.25], Int32Array.of(1, 1, 0)).accuracy).toBe(1 / 3);
  });
});

describe('dummyRegression', () => {
  const targets = Float64Array.of(1, 3);

  it('predicts the mean of the train part', () => {
    const summary = { transform: 'none', trainMean: 4, trainMedian: 1 };
    expect(dummyRegression(summary, targets)).toMatchObject({ mae: 2, r2: -4 });
  });

  it('predicts the median where the target is learned on a logarithm', () => {
    const summary = { transform: 'log', trainMean: 4, trainMedian: 1 };
    expect(dummyRegression(summary, targets)).toMatchObject({
      mae: 1,
      rmseLog: Math.sqrt(Math.log(3) ** 2 / 2),
    });
  });
});
