import { describe, expect, test } from 'vitest';
import { type JudgedRows, judge, judgeValue } from './judge.js';

describe('classes', () => {
  const answers = Float32Array.of(0.9, 0.1, 0.4, 0.6, 0.3, 0.7, 0.6, 0.4);
  const rows: JudgedRows = { task: 'classification', y: Int32Array.of(0, 1, 0, 1), w: null };

  test('objectives are lower for better answers, metrics are as everybody counts them', () => {
    const logLoss = -(Math.log(0.9) + Math.log(0.6) + Math.log(0.3) + Math.log(0.4)) / 4;
    const judgment = judge('logLoss', answers, rows);
    expect(judgment.value).toBeCloseTo(logLoss, 6);
    expect(judgment.metrics).toEqual({ logLoss: judgment.value, accuracy: 0.5, rocAuc: 0.5 });
    expect(judge('accuracy', answers, rows).value).toBe(0.5);
    // Positives score 0.6 and 0.4, negatives 0.1 and 0.7: two of four pairs are in order.
    expect(judge('rocAuc', answers, rows).value).toBe(0.5);
  });

  test('rows count by their weights, in any unit', () => {
    const w = Float32Array.of(3, 0, 0, 6);
    const weighted = { ...rows, w };
    expect(judge('accuracy', answers, weighted).value).toBeCloseTo(2 / 3, 9);
    expect(judge('logLoss', answers, weighted).value).toBeCloseTo(
      -(Math.log(0.9) + 2 * Math.log(0.4)) / 3,
      6,
    );
    expect(judge('rocAuc', answers, weighted).value).toBe(0);
    const heavier = { ...rows, w: w.map((weight) => 8 * weight) };
    expect(judgeValue('logLoss', answers, heavier)).toBe(judge('logLoss', answers, weighted).value);
  });

  test('equal scores count half in rocAuc', () => {
    const ties = Float32Array.of(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.2, 0.8);
    // Positives 0.5 and 0.8 against negatives 0.5 and 0.5: 0.5 + 0.5 + 1 + 1 of 4.
    expect(judge('rocAuc', ties, rows).metrics.rocAuc).toBe(0.75);
  });

  test('rocAuc agrees with counting pairs', () => {
    const scores = Array.from({ length: 60 }, (_, row) => ((row * 37) % 23) / 23);
    const y = Int32Array.from(scores, (_, row) => ((row * 7) % 3 === 0 ? 1 : 0));
    const w = Float32Array.from(scores, (_, row) => row % 4);
    let [wins, pairs] = [0, 0];
    for (const [a, positive] of scores.entries()) {
      for (const [b, negative] of scores.entries()) {
        if (y[a] !== 1 || y[b] !== 0) continue;
        const weight = (w[a] ?? 0) * (w[b] ?? 0);
        pairs += weight;
        const [p, n] = [Math.fround(positive), Math.fround(negative)];
        wins += weight * (p > n ? 1 : p === n ? 0.5 : 0);
      }
    }
    const probabilities = Float32Array.from(scores.flatMap((score) => [1 - score, score]));
    const { value } = judge('rocAuc', probabilities, { task: 'classification', y, w });
    expect(value).toBeCloseTo(1 - wins / pairs, 12);
  });

  test('a certain error costs much, but not infinitely', () => {
    const certain = { ...rows, y: Int32Array.of(1) };
    expect(judge('logLoss', Float32Array.of(1, 0), certain).value).toBeCloseTo(23 * Math.LN2, 4);
  });

  test('rocAuc of one class is refused as objective and left out of the metrics', () => {
    const single = { ...rows, y: Int32Array.of(1, 1, 1, 1) };
    expect(judge('logLoss', answers, single).metrics).not.toHaveProperty('rocAuc');
    expect(() => judge('rocAuc', answers, single)).toThrow(
      expect.objectContaining({ code: 'dataset-invalid' }),
    );
    const oneCounts = { ...rows, w: Float32Array.of(1, 0, 1, 0) };
    expect(() => judge('rocAuc', answers, oneCounts)).toThrow(
      expect.objectContaining({ code: 'dataset-invalid' }),
    );
  });

  test('three classes have no rocAuc', () => {
    const three = Float32Array.of(0.2, 0.3, 0.5, 0.6, 0.2, 0.2);
    const two: JudgedRows = { task: 'classification', y: Int32Array.of(2, 0), w: null };
    expect(judge('accuracy', three, two).value).toBe(0);
    expect(() => judge('rocAuc', three, two)).toThrow(
      expect.objectContaining({ code: 'pipeline-invalid' }),
    );
  });
});

describe('numbers', () => {
  const answers = Float32Array.of(1, 2, 3);
  const rows: JudgedRows = { task: 'regression', y: Float32Array.of(1, 4, 2), w: null };

  test('errors are of the scaled target', () => {
    const { value, metrics } = judge('rmse', answers, rows);
    expect(value).toBeCloseTo(Math.sqrt(5 / 3), 12);
    expect(metrics).toEqual({ rmse: value, mae: 1, r2: expect.closeTo(1 - 5 / (14 / 3), 12) });
    expect(judge('mae', answers, { ...rows, w: Float32Array.of(0, 1, 3) }).value).toBe(1.25);
  });

  test('pinball asks for the quantile that is answered', () => {
    // Errors 0, 2 and -1: under-estimates cost alpha, over-estimates 1 - alpha.
    const judged = judge('pinball', answers, { ...rows, alpha: 0.9 });
    expect(judged.value).toBeCloseTo((0.9 * 2 + 0.1 * 1) / 3, 12);
    expect(() => judge('pinball', answers, rows)).toThrow(
      expect.objectContaining({ code: 'pipeline-invalid' }),
    );
  });

  test('r2 of equal targets is left out', () => {
    const { metrics } = judge('rmse', answers, { ...rows, y: Float32Array.of(2, 2, 2) });
    expect(Object.keys(metrics)).toEqual(['rmse', 'mae']);
  });
});

test.each([
  ['logLoss', Float32Array.of(Number.NaN, 0.5), Int32Array.of(1)],
  ['accuracy', Float32Array.of(0.5, Number.NaN), Int32Array.of(0)],
  ['rmse', Float32Array.of(Number.NaN), Float32Array.of(1)],
  ['rmse', Float32Array.of(Number.POSITIVE_INFINITY), Float32Array.of(1)],
] as const)(
  '%s of answers that are no numbers is NaN, without metrics',
  (objective, answers, y) => {
    const task = y instanceof Int32Array ? 'classification' : 'regression';
    expect(judge(objective, answers, { task, y, w: null })).toEqual({
      value: Number.NaN,
      metrics: {},
    });
  },
);

test('answers that do not belong to the rows are a defect', () => {
  const rows: JudgedRows = { task: 'classification', y: Int32Array.of(0, 1), w: null };
  expect(() => judge('logLoss', new Float32Array(3), rows)).toThrow(
    expect.objectContaining({ code: 'internal' }),
  );
});
