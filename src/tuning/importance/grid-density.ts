import { erf } from '../../numerics/erf.js';

/** Bandwidth at which 90 % of a kernel lies in the cell of its point. */
const leastBandwidth = 0.5 / 1.64;

interface Point {
  readonly index: number;
  readonly count: number;
}

/**
 * Parzen density on the points 0, 1, ... of a grid, from how many observations each of them has: a normal kernel cut
 * off at the ends for each, with the bandwidth of Scott's rule (Multivariate Density Estimation, 1992), and one kernel
 * of the grid's whole width that counts as one observation.
 *
 * @returns one probability a point; they add up to 1
 */
export function densityOnGrid(counts: readonly number[]): number[] {
  const points = observedPoints(counts);
  const bandwidth = Math.max(leastBandwidth, scottBandwidth(points));
  const size = counts.length;
  const kernels = [
    ...points.map(({ index, count }) => ({ weight: count, masses: cells(size, index, bandwidth) })),
    { weight: 1, masses: cells(size, (size - 1) / 2, size) },
  ];
  return mix(kernels, size);
}

/** As `densityOnGrid`, for choices, which have no neighbors. */
export function densityOnChoices(counts: readonly number[]): number[] {
  const size = counts.length;
  const points = observedPoints(counts);
  const share = 1 / (points.length + 1);
  const kernels = points.map(({ index, count }) => ({
    weight: count,
    masses: counts.map((_, at) => (share + (at === index ? 1 : 0)) / (share * size + 1)),
  }));
  return mix([...kernels, { weight: 1, masses: counts.map(() => 1 / size) }], size);
}

function observedPoints(counts: readonly number[]): Point[] {
  return counts.map((count, index) => ({ index, count })).filter(({ count }) => count > 0);
}

function scottBandwidth(points: readonly Point[]): number {
  const total = points.reduce((sum, { count }) => sum + count, 0);
  const mean = points.reduce((sum, { index, count }) => sum + index * count, 0) / total;
  const squares = points.reduce((sum, { index, count }) => sum + (index - mean) ** 2 * count, 0);
  const deviation = Math.sqrt(squares / Math.max(1, total - 1));
  const quartiles =
    observationAfter(points, Math.floor((total * 3) / 4)) -
    observationAfter(points, Math.floor(total / 4) - 1);
  return 1.059 * Math.min(quartiles / 1.34, deviation) * total ** -0.2;
}

/** The point of the observation that has so many before it. */
function observationAfter(points: readonly Point[], before: number): number {
  let passed = 0;
  for (const { index, count } of points) {
    passed += count;
    if (passed > before) return index;
  }
  return points.at(-1)?.index ?? 0;
}

/** What a normal distribution, cut off half a cell beyond the ends, has in each cell. */
function cells(size: number, mean: number, deviation: number): number[] {
  const below = (x: number): number => erf((x - mean) / (deviation * Math.SQRT2)) / 2;
  const whole = below(size - 0.5) - below(-0.5);
  return Array.from(
    { length: size },
    (_, index) => (below(index + 0.5) - below(index - 0.5)) / whole,
  );
}

function mix(
  kernels: readonly { readonly weight: number; readonly masses: readonly number[] }[],
  size: number,
): number[] {
  const total = kernels.reduce((sum, { weight }) => sum + weight, 0);
  return Array.from({ length: size }, (_, index) =>
    kernels.reduce((sum, { weight, masses }) => sum + (weight / total) * (masses[index] ?? 0), 0),
  );
}
