import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, minimizeInBox, type SmoothFunctionInBox } from './box-lbfgs.js';

const exact = { mostIterations: 500, gradientTolerance: 1e-9, valueTolerance: 0 };

function boxOf(size: number, low: number, high: number): Box {
  return { low: new Float64Array(size).fill(low), high: new Float64Array(size).fill(high) };
}

const rosenbrock: SmoothFunctionInBox = (point, gradient) => {
  const [x = 0, y = 0] = point;
  gradient.set([-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)]);
  return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
};

describe('minimizeInBox', () => {
  it('finds the minimum inside the box', () => {
    const { point, value } = minimizeInBox(
      rosenbrock,
      Float64Array.of(-1.2, 1),
      boxOf(2, -5, 5),
      exact,
    );
    expect([...point]).toEqual([expect.closeTo(1, 6), expect.closeTo(1, 6)]);
    expect(value).toBeLessThan(1e-12);
  });

  it('finds the minimum on a face of the box', () => {
    const box = { low: Float64Array.of(-5, -5), high: Float64Array.of(0.5, 5) };
    const { point } = minimizeInBox(rosenbrock, Float64Array.of(-1.2, 1), box, exact);
    expect([...point]).toEqual([0.5, expect.closeTo(0.25, 6)]);
  });

  it('meets the conditions of a minimum of any bowl in any box', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.tuple(number, number, number),
        fc.tuple(number, number, number),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (center, start, stretch) => {
          const bowl: SmoothFunctionInBox = (point, gradient) => {
            let value = 0;
            center.forEach((middle, index) => {
              const weight = stretch ** (index - 1);
              const distance = (point[index] ?? 0) - middle;
              gradient[index] = 2 * weight * distance;
              value += weight * distance * distance;
            });
            return value;
          };
          const { point } = minimizeInBox(bowl, Float64Array.from(start), boxOf(3, -1, 1), exact);
          center.forEach((middle, index) => {
            expect(point[index]).toBeCloseTo(Math.min(1, Math.max(-1, middle)), 5);
          });
        },
      ),
    );
  });

  it('backs off where the function is not finite', () => {
    const logarithm: SmoothFunctionInBox = (point, gradient) => {
      const [x = 0] = point;
      gradient[0] = 1 - 1 / x;
      return x - Math.log(x);
    };
    const { point } = minimizeInBox(logarithm, Float64Array.of(0.001), boxOf(1, -10, 10), exact);
    expect(point[0]).toBeCloseTo(1, 6);
  });

  it('stops when an iteration gains too little, and after the most iterations', () => {
    let evaluations = 0;
    const counted: SmoothFunctionInBox = (point, gradient) => {
      evaluations += 1;
      return rosenbrock(point, gradient);
    };
    const run = (options: Partial<typeof exact>): number => {
      evaluations = 0;
      minimizeInBox(counted, Float64Array.of(-1.2, 1), boxOf(2, -5, 5), { ...exact, ...options });
      return evaluations;
    };
    expect(run({ mostIterations: 0 })).toBe(1);
    expect(run({ mostIterations: 2 })).toBeLessThan(run({}) / 3);
    expect(run({ valueTolerance: 1 })).toBeLessThan(run({}) / 2);
  });
});
