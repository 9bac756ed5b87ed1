import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../../../contract/random-stream.js';
import { conditionProcess, type GaussianProcess, predict } from './gaussian-process.js';
import { correlationAt, type Kernel, squaredDistance } from './kernel.js';
import { solveDense } from './testdata/solve-dense.js';

const line: Kernel = {
  weights: Float64Array.of(1),
  ...{ scale: 2, noise: 0.5 },
  isCategorical: Uint8Array.of(0),
};
/** So far from another point that r is 1, 2 and 3. */
const steps = [1, 2, 3].map((root) => root / Math.sqrt(5));

function condition(kernel: Kernel, points: number[][], values: number[]): GaussianProcess {
  const process = conditionProcess(
    kernel,
    points.map((point) => Float64Array.from(point)),
    Float64Array.from(values),
  );
  if (process === null) throw new Error('the covariance is positive definite');
  return process;
}

describe('predict', () => {
  it('knows after one value: mean k y / (scale + noise), variance scale - k^2 / (scale + noise)', () => {
    const process = condition(line, [[0]], [3]);
    // r = 1: k = 2 (1 + 1 + 1/3) / e
    const covariance = 14 / 3 / Math.E;
    const { mean, variance } = predict(process, Float64Array.of(steps[0] ?? 0));
    expect(mean).toBeCloseTo((3 * covariance) / 2.5, 14);
    expect(variance).toBeCloseTo(2 - covariance ** 2 / 2.5, 14);
    expect(predict(process, Float64Array.of(0))).toEqual({
      mean: expect.closeTo(2.4, 14),
      variance: expect.closeTo(0.4, 14),
    });
  });

  it('knows after two values what the inverse of two by two numbers says', () => {
    const process = condition(line, [[0], [steps[2] ?? 0]], [1, -2]);
    const { mean, variance } = predict(process, Float64Array.of(steps[0] ?? 0));
    const near = (2 * (1 + 1 + 1 / 3)) / Math.E;
    const far = (2 * (1 + 2 + 4 / 3)) / Math.E ** 2;
    const between = (2 * (1 + 3 + 3)) / Math.E ** 3;
    const determinant = 2.5 ** 2 - between ** 2;
    expect(mean).toBeCloseTo(
      (near * (2.5 + 2 * between) + far * (-between - 2 * 2.5)) / determinant,
      13,
    );
    expect(variance).toBeCloseTo(
      2 - (2.5 * near ** 2 - 2 * between * near * far + 2.5 * far ** 2) / determinant,
      13,
    );
  });

  it('expects nothing far from what it knows', () => {
    const process = condition(line, [[0]], [3]);
    expect(predict(process, Float64Array.of(1e3))).toEqual({ mean: 0, variance: 2 });
  });

  it('agrees with a dense solver on many points of mixed axes', () => {
    const random = createRandomStream(3, 0);
    const kernel: Kernel = {
      weights: Float64Array.of(5, 0.7, 1.3),
      ...{ scale: 1.4, noise: 0.01 },
      isCategorical: Uint8Array.of(0, 0, 1),
    };
    const draw = (): Float64Array =>
      Float64Array.of(random(), random(), Math.floor(random() * 3) / 3);
    const points = Array.from({ length: 15 }, draw);
    const values = points.map(() => random() - 0.5);
    const process = condition(
      kernel,
      points.map((point) => [...point]),
      values,
    );
    const covariance = (a: Float64Array, b: Float64Array): number =>
      kernel.scale * correlationAt(squaredDistance(kernel, a, b));
    const matrix = points.map((a) =>
      points.map((b) => covariance(a, b) + (a === b ? kernel.noise : 0)),
    );
    for (const point of Array.from({ length: 10 }, draw)) {
      const own = points.map((other) => covariance(point, other));
      const times = (solution: readonly number[]): number =>
        own.reduce((sum, value, index) => sum + value * (solution[index] ?? Number.NaN), 0);
      const { mean, variance } = predict(process, point);
      expect(mean).toBeCloseTo(times(solveDense(matrix, values).solution), 10);
      expect(variance).toBeCloseTo(kernel.scale - times(solveDense(matrix, own).solution), 10);
    }
  });

  it('takes awaited points for known in the variance and not in the mean', () => {
    const places = [[0], [0.3], [0.9]];
    const awaiting = condition(line, places, [1, -1]);
    const without = condition(line, places.slice(0, 2), [1, -1]);
    const knowing = condition(line, places, [1, -1, 7]);
    const point = Float64Array.of(0.7);
    expect(predict(awaiting, point).mean).toBeCloseTo(predict(without, point).mean, 14);
    expect(predict(awaiting, point).variance).toBe(predict(knowing, point).variance);
    expect(predict(awaiting, point).variance).toBeLessThan(predict(without, point).variance);
  });
});

describe('conditionProcess', () => {
  it('refuses a covariance that float64 cannot tell from a singular one', () => {
    const points = [Float64Array.of(0.5), Float64Array.of(0.5)];
    const kernel = { ...line, noise: 1e-17 };
    expect(conditionProcess(kernel, points, Float64Array.of(1, 2))).toBeNull();
  });
});
