import { factorCholesky, invertCholesky, solveCholesky } from '../../../numerics/cholesky.js';
import { correlationAt, correlationSlopeAt, type Kernel, squaredGap } from './kernel.js';

/** Noise is never taken for less, which keeps covariances well conditioned. */
const leastNoise = 1e-6;

/** Tells how well a kernel explains the observations. */
export interface KernelEvidence {
  /** The kernel that logarithms stand for: of each weight, of the scale, and of the noise above the least. */
  readonly toKernel: (logarithms: Float64Array) => Kernel;
  /**
   * Minus the logarithm of likelihood times priors, up to a constant; writes its derivatives by the logarithms into
   * `gradient`. Infinite where the covariance is not positive definite in float64.
   */
  readonly evaluate: (logarithms: Float64Array, gradient: Float64Array) => number;
}

/**
 * Marginal likelihood of a Gaussian process and its gradient (Rasmussen and Williams, "Gaussian Processes for Machine
 * Learning", 2006, equations 2.30 and 5.9) with weak priors that keep it from extremes: exp(-0.1 (w + 1 / w)) for each
 * weight, Gamma(2, 1) for the scale, Gamma(1.1, 30) for the noise, as densities of these and not of their logarithms.
 *
 * @param values mean 0, variance 1
 */
export function createKernelEvidence(
  points: readonly Float64Array[],
  values: Float64Array,
  isCategorical: Uint8Array,
): KernelEvidence {
  const dimensions = isCategorical.length;
  const gaps = listGaps(points, isCategorical);
  const toKernel = (logarithms: Float64Array): Kernel => ({
    weights: logarithms.subarray(0, dimensions).map(Math.exp),
    scale: Math.exp(at(logarithms, dimensions)),
    noise: leastNoise + Math.exp(at(logarithms, dimensions + 1)),
    isCategorical,
  });
  return {
    toKernel,
    evaluate: (logarithms, gradient) => {
      const kernel = toKernel(logarithms);
      gradient.fill(0);
      const misfit = addLikelihood(kernel, gaps, values, gradient);
      return misfit + addPriors(kernel, gradient);
    },
  };
}

/** Squared gaps of each pair of points on each axis; the pairs as in a lower triangle without its diagonal. */
function listGaps(points: readonly Float64Array[], isCategorical: Uint8Array): Float64Array {
  const dimensions = isCategorical.length;
  const gaps = new Float64Array(((points.length * (points.length - 1)) / 2) * dimensions);
  let place = 0;
  for (const [row, a] of points.entries()) {
    for (const b of points.slice(0, row)) {
      for (let axis = 0; axis < dimensions; axis += 1, place += 1) {
        gaps[place] = squaredGap(at(a, axis), at(b, axis), isCategorical[axis] === 1);
      }
    }
  }
  return gaps;
}

/** Minus the log likelihood; adds its derivatives by the logarithms. */
function addLikelihood(
  kernel: Kernel,
  gaps: Float64Array,
  values: Float64Array,
  gradient: Float64Array,
): number {
  const size = values.length;
  const dimensions = kernel.weights.length;
  const distances = toDistances(kernel, gaps);
  const factor = factorCholesky(toCovariance(kernel, distances, size), size);
  if (factor === null) return Number.POSITIVE_INFINITY;
  const solution = solveCholesky(factor, values);
  const inverse = invertCholesky(factor, size);
  let misfit = 0;
  let pair = 0;
  for (let row = 0; row < size; row += 1) {
    misfit += 0.5 * at(values, row) * at(solution, row) + Math.log(at(factor, row * size + row));
    for (let column = 0; column < row; column += 1, pair += 1) {
      // Derivative by a covariance and by its mirror image.
      const slope = at(inverse, row * size + column) - at(solution, row) * at(solution, column);
      const distance = at(distances, pair);
      const byScale = slope * kernel.scale * correlationAt(distance);
      gradient[dimensions] = at(gradient, dimensions) + byScale;
      const byDistance = slope * kernel.scale * correlationSlopeAt(distance);
      for (let axis = 0; axis < dimensions; axis += 1) {
        const gap = at(gaps, pair * dimensions + axis);
        gradient[axis] = at(gradient, axis) + byDistance * at(kernel.weights, axis) * gap;
      }
    }
    const slope = 0.5 * (at(inverse, row * size + row) - at(solution, row) ** 2);
    gradient[dimensions] = at(gradient, dimensions) + slope * kernel.scale;
    gradient[dimensions + 1] = at(gradient, dimensions + 1) + slope * (kernel.noise - leastNoise);
  }
  return misfit;
}

/** Minus the log priors; adds their derivatives by the logarithms. */
function addPriors({ weights, scale, noise }: Kernel, gradient: Float64Array): number {
  const dimensions = weights.length;
  let sum = 0;
  for (let axis = 0; axis < dimensions; axis += 1) {
    const weight = at(weights, axis);
    sum += 0.1 * (weight + 1 / weight);
    gradient[axis] = at(gradient, axis) + 0.1 * (weight - 1 / weight);
  }
  sum += scale - Math.log(scale);
  gradient[dimensions] = at(gradient, dimensions) + scale - 1;
  sum += 30 * noise - 0.1 * Math.log(noise);
  gradient[dimensions + 1] =
    at(gradient, dimensions + 1) + (30 - 0.1 / noise) * (noise - leastNoise);
  return sum;
}

function toDistances({ weights }: Kernel, gaps: Float64Array): Float64Array {
  const dimensions = weights.length;
  const distances = new Float64Array(gaps.length / dimensions);
  for (let pair = 0; pair < distances.length; pair += 1) {
    let sum = 0;
    for (let axis = 0; axis < dimensions; axis += 1) {
      sum += at(weights, axis) * at(gaps, pair * dimensions + axis);
    }
    distances[pair] = sum;
  }
  return distances;
}

/** Lower triangle, row-major. */
function toCovariance(kernel: Kernel, distances: Float64Array, size: number): Float64Array {
  const covariance = new Float64Array(size * size);
  let pair = 0;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < row; column += 1, pair += 1) {
      covariance[row * size + column] = kernel.scale * correlationAt(at(distances, pair));
    }
    covariance[row * size + row] = kernel.scale + kernel.noise;
  }
  return covariance;
}

/** Indexes here are inside the arrays. */
function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
