import { describe, expect, it } from 'vitest';
import { evaluateClassification } from './evaluate-classification.js';
import { evaluateRegression } from './evaluate-regression.js';

const target = { classes: ['no', 'yes'], priors: [0.25, 0.75] };
const summary = { transform: 'none', trainMean: 2, trainMedian: 2 };

describe('evaluateClassification', () => {
  const report = evaluateClassification({
    probabilities: Float32Array.of(0.75, 0.25, 0.25, 0.75, 0.25, 0.75, 0.75, 0.25),
    targets: Int32Array.of(0, 0, 1, 0),
    target,
    seed: 0,
  });

  it('reports metrics beside those of a dummy', () => {
    expect(report).toMatchObject({
      format: 'receta-evaluation/1',
      task: 'classification',
      rows: 4,
      metrics: { accuracy: 0.75 },
      baseline: { accuracy: 0.25 },
      resamples: 200,
    });
  });

  it('reports the confusion matrix and each class by its label', () => {
    expect(report.confusion).toEqual([
      [2, 1],
      [0, 1],
    ]);
    expect(report.classes).toEqual([
      { label: 'no', rows: 3, predictedRows: 2, precision: 1, recall: 2 / 3, f1: 0.8 },
      { label: 'yes', rows: 1, predictedRows: 2, precision: 0.5, recall: 1, f1: 2 / 3 },
    ]);
  });

  it('gives intervals that hold the metric, and is plain JSON', () => {
    const { low, high } = report.intervals.accuracy ?? { low: 1, high: 0 };
    expect(low <= 0.75 && 0.75 <= high && low < high).toBe(true);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe('evaluateRegression', () => {
  const report = evaluateRegression({
    predictions: Float64Array.of(1, 2, 3, 4, 5),
    targets: Float64Array.of(1, 1, 5, 4, 5),
    target: summary,
    seed: 0,
  });

  it('reports metrics beside those of a dummy', () => {
    expect(report).toMatchObject({
      format: 'receta-evaluation/1',
      task: 'regression',
      rows: 5,
      metrics: { mae: 0.6, rmse: 1 },
      baseline: { mae: 2 },
      resamples: 200,
    });
  });

  it('reports quantiles of target minus prediction', () => {
    const values = [-1, -0.8, 0, 0, 0, 1.6, 2];
    expect(report.residualQuantiles.map(({ share }) => share)).toEqual([
      0, 0.05, 0.25, 0.5, 0.75, 0.95, 1,
    ]);
    report.residualQuantiles.forEach(({ value }, index) => {
      expect(value).toBeCloseTo(values[index] ?? Number.NaN, 12);
    });
  });

  it('gives intervals that hold the metric, and is plain JSON', () => {
    const { low, high } = report.intervals.rmse ?? { low: 1, high: 0 };
    expect(low <= 1 && 1 <= high && low < high).toBe(true);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

it('refuses an empty test part', () => {
  const empty = expect.objectContaining({
    code: 'dataset-invalid',
    message: 'cannot evaluate: the test part is empty',
  });
  const none = { probabilities: Float32Array.of(), targets: Int32Array.of(), target, seed: 0 };
  expect(() => evaluateClassification(none)).toThrow(empty);
  const numbers = { predictions: Float64Array.of(), targets: Float64Array.of(), seed: 0 };
  expect(() => evaluateRegression({ ...numbers, target: summary })).toThrow(empty);
});
