import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LinePoint, searchStrongWolfe } from './strong-wolfe.js';

function toLine(value: (step: number) => number, slope: (step: number) => number) {
  const steps: number[] = [];
  const evaluate = async (step: number): Promise<LinePoint> => {
    steps.push(step);
    return { step, value: value(step), slope: slope(step) };
  };
  const origin = { step: 0, value: value(0), slope: slope(0) };
  return { evaluate, origin, steps };
}

const parabola = (bottom: number) =>
  toLine(
    (step) => (step - bottom) ** 2,
    (step) => 2 * (step - bottom),
  );

test('a first step that is good enough is taken at once', async () => {
  const { evaluate, origin, steps } = parabola(1);
  expect(await searchStrongWolfe(evaluate, origin, { firstStep: 1 })).toEqual({
    ...{ step: 1, value: 0, slope: 0 },
  });
  expect(steps).toEqual([1]);
});

test('too long a first step is shortened to the bottom of the cubic', async () => {
  const { evaluate, origin, steps } = parabola(1);
  const found = await searchStrongWolfe(evaluate, origin, { firstStep: 4, curvature: 0.01 });
  expect(found?.step).toBeCloseTo(1, 12);
  expect(steps).toHaveLength(2);
});

test('too short a first step is doubled until the bottom is enclosed', async () => {
  const { evaluate, origin, steps } = parabola(100);
  const found = await searchStrongWolfe(evaluate, origin, { firstStep: 1, curvature: 0.01 });
  expect(found?.step).toBeCloseTo(100, 6);
  expect(steps.slice(0, 4)).toEqual([1, 2, 4, 8]);
});

test('a wall of values that are not finite is stepped back from', async () => {
  // x - log(x) around its bottom, undefined beyond 1 - step <= 0.
  const { evaluate, origin } = toLine(
    (step) => (step < 0.9 ? -step - 0.5 * Math.log(0.9 - step) : Number.NaN),
    (step) => -1 + 0.5 / (0.9 - step),
  );
  const found = await searchStrongWolfe(evaluate, origin, { firstStep: 8, curvature: 0.1 });
  expect(found?.step).toBeCloseTo(0.4, 1);
});

test('a function that falls for ever has no such step', async () => {
  const { evaluate, origin } = toLine(
    (step) => -step,
    () => -1,
  );
  expect(await searchStrongWolfe(evaluate, origin, { firstStep: 1 })).toBeNull();
});

test('every step found satisfies both conditions and was evaluated last', async () => {
  const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  await fc.assert(
    fc.asyncProperty(double(0.1, 50), double(0, 3), double(0.01, 100), async (a, b, firstStep) => {
      // A parabola with waves on it, falling at 0.
      const { evaluate, origin, steps } = toLine(
        (step) => (step - a) ** 2 - b * Math.sin(step),
        (step) => 2 * (step - a) - b * Math.cos(step),
      );
      const found = await searchStrongWolfe(evaluate, origin, { firstStep });
      expect(found).not.toBeNull();
      const { step, value, slope } = found ?? origin;
      expect(value).toBeLessThanOrEqual(origin.value + 1e-4 * step * origin.slope);
      expect(Math.abs(slope)).toBeLessThanOrEqual(0.9 * Math.abs(origin.slope));
      expect(steps.at(-1)).toBe(step);
    }),
  );
});
