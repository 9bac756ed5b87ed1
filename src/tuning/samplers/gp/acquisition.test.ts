import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../../../contract/random-stream.js';
import { type Acquisition, createAcquisition } from './acquisition.js';
import { conditionProcess, type GaussianProcess, predict } from './gaussian-process.js';
import type { Kernel } from './kernel.js';
import { logImprovement } from './log-improvement.js';

const kernel: Kernel = {
  weights: Float64Array.of(3, 8, 1),
  ...{ scale: 1.2, noise: 0.01 },
  isCategorical: Uint8Array.of(0, 0, 1),
};
const random = createRandomStream(21, 0);
const points = Array.from({ length: 9 }, () =>
  Float64Array.of(random(), random(), Math.floor(random() * 2)),
);
const values = Float64Array.from({ length: 7 }, () => 2 * random() - 1);
const lowest = Math.min(...values);
const somewhere = Float64Array.of(0.4, 0.7, 1);

function condition(count: number, known: Float64Array): GaussianProcess {
  const process = conditionProcess(kernel, points.slice(0, count), known);
  if (process === null) throw new Error('the covariance is positive definite');
  return process;
}

function improvementAt(process: GaussianProcess, best: number, point: Float64Array): number {
  const { mean, variance } = predict(process, point);
  const deviation = Math.sqrt(variance);
  return Math.exp(logImprovement((best - mean) / deviation).value) * deviation;
}

function expectGradient(acquisition: Acquisition, point: Float64Array): void {
  const gradient = new Float64Array(3);
  expect(acquisition(point, gradient)).toBe(acquisition(point));
  const step = 1e-6;
  for (const axis of [0, 1]) {
    const moved = (by: number): number =>
      acquisition(point.map((value, place) => value + (place === axis ? by : 0)));
    expect(gradient[axis]).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 5);
  }
  expect(gradient[2]).toBe(0);
}

describe('createAcquisition', () => {
  it('is the logarithm of the expected improvement when nothing is awaited', () => {
    const process = condition(7, values);
    const acquisition = createAcquisition(process, values);
    expect(acquisition(somewhere)).toBeCloseTo(
      Math.log(improvementAt(process, lowest, somewhere)),
      10,
    );
    expectGradient(acquisition, somewhere);
  });

  it('believes that awaited trials end as expected', () => {
    const acquisition = createAcquisition(condition(9, values), values);
    const believed = points.slice(7).map((point) => predict(condition(7, values), point).mean);
    const known = Float64Array.of(...values, ...believed);
    const best = Math.min(lowest, ...believed);
    expect(acquisition(somewhere)).toBeCloseTo(
      Math.log(improvementAt(condition(9, known), best, somewhere)),
      10,
    );
    expectGradient(acquisition, somewhere);
    expectGradient(acquisition, Float64Array.of(0.05, 0.95, 0));
  });

  it('measures improvement from an awaited trial that is expected to be the best', () => {
    const line = { ...kernel, weights: Float64Array.of(1), isCategorical: Uint8Array.of(0) };
    const [left, middle, right] = [0.3, 0.5, 0.7].map((place) => Float64Array.of(place));
    if (left === undefined || middle === undefined || right === undefined) throw new Error('three');
    const known = Float64Array.of(-1, -1);
    const process = conditionProcess(line, [left, right, middle], known);
    if (process === null) throw new Error('the covariance is positive definite');
    const believed = predict(process, middle).mean;
    expect(believed).toBeLessThan(-1);
    const far = Float64Array.of(0.9);
    expect(createAcquisition(process, known)(far)).toBeCloseTo(
      Math.log(improvementAt(process, believed, far)),
      10,
    );
  });

  it('promises less where a trial is awaited', () => {
    const [, , , , , , , awaited = somewhere] = points;
    const near = awaited.map((value, axis) => value + (axis === 2 ? 0 : 0.01));
    const free = createAcquisition(condition(7, values), values);
    const awaiting = createAcquisition(condition(8, values), values);
    expect(awaiting(near)).toBeLessThan(free(near) - 1);
  });

  it('stays finite at a point that is known', () => {
    const sure = conditionProcess({ ...kernel, noise: 1e-6 }, points.slice(0, 7), values);
    if (sure === null) throw new Error('the covariance is positive definite');
    const acquisition = createAcquisition(sure, values);
    const gradient = new Float64Array(3);
    for (const point of points.slice(0, 7)) {
      expect(acquisition(point, gradient)).toBeLessThan(-3);
      expect([...gradient].every(Number.isFinite)).toBe(true);
    }
  });
});
