import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../../../contract/random-stream.js';
import { correlationAt, squaredDistance } from './kernel.js';
import { createKernelEvidence, type KernelEvidence } from './kernel-evidence.js';
import { solveDense } from './testdata/solve-dense.js';

const random = createRandomStream(8, 0);
const points = Array.from({ length: 12 }, () =>
  Float64Array.of(random(), random(), Math.floor(random() * 3)),
);
const values = Float64Array.from(points, ([a = 0, b = 0, c = 0]) => Math.sin(5 * a) + b * c - 1);
const isCategorical = Uint8Array.of(0, 0, 1);
const evidence = createKernelEvidence(points, values, isCategorical);

function misfitAt({ evaluate }: KernelEvidence, logarithms: Float64Array): number {
  return evaluate(logarithms, new Float64Array(logarithms.length));
}

describe('createKernelEvidence', () => {
  it('is minus the log density of the values and of the priors, up to a constant', () => {
    const direct = (logarithms: Float64Array): number => {
      const kernel = evidence.toKernel(logarithms);
      const matrix = points.map((a) =>
        points.map(
          (b) =>
            kernel.scale * correlationAt(squaredDistance(kernel, a, b)) +
            (a === b ? kernel.noise : 0),
        ),
      );
      const { solution, determinant } = solveDense(matrix, [...values]);
      const fit = solution.reduce((sum, value, index) => sum + value * (values[index] ?? 0), 0);
      const weights = kernel.weights.reduce((sum, weight) => sum + 0.1 / weight + 0.1 * weight, 0);
      const { scale, noise } = kernel;
      const priors = weights - Math.log(scale * Math.exp(-scale)) + 30 * noise;
      return 0.5 * (fit + Math.log(determinant)) + priors - 0.1 * Math.log(noise);
    };
    const a = Float64Array.of(1, -0.5, 0.2, 0.3, -4);
    const b = Float64Array.of(-1, 2, 0.7, -0.4, -2);
    expect(misfitAt(evidence, a) - misfitAt(evidence, b)).toBeCloseTo(direct(a) - direct(b), 9);
  });

  it('has the gradient of its differences', () => {
    const logarithm = fc.double({ min: -3, max: 2, noNaN: true });
    const five = fc.array(logarithm, { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(five, (numbers) => {
        const at = Float64Array.from(numbers);
        const gradient = new Float64Array(5);
        evidence.evaluate(at, gradient);
        const step = 1e-5;
        for (const [index, slope] of gradient.entries()) {
          const moved = (by: number): number =>
            misfitAt(
              evidence,
              at.map((value, place) => value + (place === index ? by : 0)),
            );
          const difference = (moved(step) - moved(-step)) / (2 * step);
          expect(Math.abs(slope - difference)).toBeLessThan(1e-5 * (1 + Math.abs(slope)));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keeps noise above its least', () => {
    const logarithms = Float64Array.of(0, 0, 0, 0, -200);
    expect(evidence.toKernel(logarithms).noise).toBe(1e-6);
  });

  it('is infinite where the covariance is singular in float64', () => {
    const same = createKernelEvidence([...points, ...points], new Float64Array(24), isCategorical);
    expect(misfitAt(same, Float64Array.of(0, 0, 0, 30, -200))).toBe(Number.POSITIVE_INFINITY);
  });
});
