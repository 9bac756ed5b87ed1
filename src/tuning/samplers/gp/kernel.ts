/** Covariance of the objective at two points of the unit cube: Matérn 5/2 with a length scale for each axis. */
export interface Kernel {
  /** 1 / squared length scale of each axis. */
  readonly weights: Float64Array;
  /** Variance of the objective. */
  readonly scale: number;
  /** Variance of the noise on top of it. */
  readonly noise: number;
  /** 1 for each axis on which two positions are equal or not, and nothing else. */
  readonly isCategorical: Uint8Array;
}

/** Squared distance of two positions on one axis. */
export function squaredGap(a: number, b: number, isCategorical: boolean): number {
  if (isCategorical) return a === b ? 0 : 1;
  return (a - b) * (a - b);
}

/** Squared distance of two points, each axis weighed. */
export function squaredDistance(
  { weights, isCategorical }: Kernel,
  a: Float64Array,
  b: Float64Array,
): number {
  let sum = 0;
  for (let axis = 0; axis < weights.length; axis += 1) {
    const gap = squaredGap(at(a, axis), at(b, axis), isCategorical[axis] === 1);
    sum += at(weights, axis) * gap;
  }
  return sum;
}

/** Matérn 5/2 correlation at a squared distance (Rasmussen and Williams, "Gaussian Processes for Machine Learning", 4.17). */
export function correlationAt(squared: number): number {
  const root = Math.sqrt(5 * squared);
  return (1 + root + (root * root) / 3) * Math.exp(-root);
}

/** Derivative of the correlation by the squared distance. */
export function correlationSlopeAt(squared: number): number {
  const root = Math.sqrt(5 * squared);
  return (-5 / 6) * (1 + root) * Math.exp(-root);
}

/** Vectors here are equally long. */
function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
