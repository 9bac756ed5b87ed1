import { describe, expect, it } from 'vitest';
import { logImprovement } from './log-improvement.js';

describe('logImprovement', () => {
  it('is the logarithm of density + z share where that is stable', () => {
    // Computed with SciPy from the formula itself.
    expect(logImprovement(5).value).toBeCloseTo(1.6094379231264313, 14);
    expect(logImprovement(1).value).toBeCloseTo(0.08002621884930704, 14);
    expect(logImprovement(0).value).toBeCloseTo(-0.9189385332046727, 14);
    expect(logImprovement(-1).value).toBeCloseTo(-2.4851210257126413, 13);
    expect(logImprovement(-2.9).value).toBeCloseTo(-7.520846492887873, 11);
  });

  it.each([
    // Computed with SciPy from its scaled complementary error function.
    [-3, -7.86968605960303],
    [-3.1, -8.227329393572749],
    [-5, -16.744301162660985],
    [-10, -55.553122036122346],
    [-25, -319.86146358149614],
    [-40, -808.2985683566197],
    [-100, -5010.12957880025],
  ])('goes on in the lower tail, at %d', (z, expected) => {
    expect(logImprovement(z).value / expected).toBeCloseTo(1, 12);
  });

  it('nears -z^2 / 2 - log sqrt(2 pi) - 2 log|z| far out', () => {
    for (const z of [-1e4, -1e6, -1e9, -1e100]) {
      const asymptote = -0.5 * z * z - 0.5 * Math.log(2 * Math.PI) - 2 * Math.log(-z);
      expect(logImprovement(z).value / asymptote).toBeCloseTo(1, 13);
    }
    expect(logImprovement(1e6).value).toBeCloseTo(Math.log(1e6), 14);
  });

  it('has no step where the formulas meet', () => {
    const [below, above] = [logImprovement(-3 - 1e-12), logImprovement(-3)];
    expect(below.value).toBeCloseTo(above.value, 10);
    expect(below.slope).toBeCloseTo(above.slope, 10);
  });

  it.each([-200, -30, -5, -3, -1, 0, 2, 6])('has the slope of its differences at %d', (z) => {
    const step = 1e-5;
    const difference = logImprovement(z + step).value - logImprovement(z - step).value;
    expect(logImprovement(z).slope).toBeCloseTo(difference / (2 * step), 5);
  });
});
