import { factorCholesky, solveLower, solveUpper } from '../../../numerics/cholesky.js';
import { correlationAt, correlationSlopeAt, type Kernel, squaredDistance } from './kernel.js';

/**
 * A Gaussian process of mean 0 that knows some values of the objective, and at which points more are about to be known
 * (Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006, algorithm 2.1).
 */
export interface GaussianProcess {
  readonly kernel: Kernel;
  /** Observed points, then awaited ones. */
  readonly points: readonly Float64Array[];
  readonly observedCount: number;
  /** Cholesky factor L of the covariance of what is measured at the points, row-major. */
  readonly factor: Float64Array;
  /** L^-1 times the values; 0 for the awaited, which makes each the mean of what may come. */
  readonly whitened: Float64Array;
}

export interface Prediction {
  /** Given the observed values. */
  readonly mean: number;
  /** Of the objective without its noise, once the awaited values are known, too. */
  readonly variance: number;
}

/**
 * @param values of the first points; the others are awaited
 * @returns `null` when the covariance is not positive definite in float64
 */
export function conditionProcess(
  kernel: Kernel,
  points: readonly Float64Array[],
  values: Float64Array,
): GaussianProcess | null {
  const factor = factorCholesky(toCovariance(kernel, points), points.length);
  if (factor === null) return null;
  const whitened = new Float64Array(points.length);
  whitened.set(values);
  solveLower(factor, whitened);
  whitened.fill(0, values.length);
  return { kernel, points, observedCount: values.length, factor, whitened };
}

export function predict(process: GaussianProcess, point: Float64Array): Prediction {
  const covariances = new Float64Array(process.points.length);
  fillWhitenedCovariances(process, point, covariances);
  return predictFrom(process, covariances);
}

/** @param covariances of the point, whitened */
export function predictFrom(
  { kernel, whitened }: GaussianProcess,
  covariances: Float64Array,
): Prediction {
  let mean = 0;
  let known = 0;
  for (let index = 0; index < covariances.length; index += 1) {
    const covariance = at(covariances, index);
    mean += covariance * at(whitened, index);
    known += covariance * covariance;
  }
  return { mean, variance: Math.max(0, kernel.scale - known) };
}

/** L^-1 times the covariances of a point with the process's points: all that a prediction depends on. */
export function fillWhitenedCovariances(
  { kernel, points, factor }: GaussianProcess,
  point: Float64Array,
  covariances: Float64Array,
): void {
  for (let index = 0; index < covariances.length; index += 1) {
    const squared = squaredDistance(kernel, point, points[index] as Float64Array);
    covariances[index] = kernel.scale * correlationAt(squared);
  }
  solveLower(factor, covariances);
}

/**
 * Carries a gradient from the whitened covariances of a point back to the point.
 *
 * @param slopes by each whitened covariance; overwritten
 * @returns 0 on categorical axes
 */
export function toPointGradient(
  { kernel, points, factor }: GaussianProcess,
  point: Float64Array,
  slopes: Float64Array,
): Float64Array {
  solveUpper(factor, slopes);
  const gradient = new Float64Array(point.length);
  for (const [index, other] of points.entries()) {
    const squared = squaredDistance(kernel, point, other);
    const slope = 2 * at(slopes, index) * kernel.scale * correlationSlopeAt(squared);
    for (let axis = 0; axis < gradient.length; axis += 1) {
      if (kernel.isCategorical[axis] === 1) continue;
      const gap = at(point, axis) - at(other, axis);
      gradient[axis] = at(gradient, axis) + slope * at(kernel.weights, axis) * gap;
    }
  }
  return gradient;
}

/** Lower triangle, row-major. */
function toCovariance(kernel: Kernel, points: readonly Float64Array[]): Float64Array {
  const size = points.length;
  const covariance = new Float64Array(size * size);
  for (const [row, a] of points.entries()) {
    for (const [column, b] of points.slice(0, row).entries()) {
      covariance[row * size + column] = kernel.scale * correlationAt(squaredDistance(kernel, a, b));
    }
    covariance[row * size + row] = kernel.scale + kernel.noise;
  }
  return covariance;
}

/** Indexes here are inside the arrays. */
function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
