import { expect, test } from 'vitest';
import { type LbfgsState, minimizeByLbfgs, type SmoothFunction, startLbfgs } from './lbfgs.js';

const options = { mostIterations: 200, gradientTolerance: 1e-10, valueTolerance: 0 };

/** A curved valley with its bottom at (1, 1). */
const rosenbrock: SmoothFunction = async (point, gradient) => {
  const [x = 0, y = 0] = point;
  gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
  gradient[1] = 200 * (y - x * x);
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
};

test('the bottom of a curved valley is found', async () => {
  const start = await startLbfgs(rosenbrock, Float64Array.of(-1.2, 1));
  const { point, iteration, value } = await minimizeByLbfgs(rosenbrock, start, options);
  expect([...point]).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)]);
  expect(value).toBeLessThan(1e-18);
  expect(iteration).toBeLessThan(60);
});

test('a badly scaled bowl of many directions is solved', async () => {
  const size = 40;
  const bowl: SmoothFunction = async (point, gradient) =>
    point.reduce((sum, value, index) => {
      const steepness = 10 ** (index / 10);
      gradient[index] = steepness * (value - index);
      return sum + (steepness * (value - index) ** 2) / 2;
    }, 0);
  const start = await startLbfgs(bowl, new Float64Array(size));
  const { point } = await minimizeByLbfgs(bowl, start, { ...options, mostIterations: 2_000 });
  point.forEach((value, index) => {
    expect(value).toBeCloseTo(index, 7);
  });
});

test('a start at the bottom is the end', async () => {
  const start = await startLbfgs(rosenbrock, Float64Array.of(1, 1));
  expect(await minimizeByLbfgs(rosenbrock, start, options)).toEqual({ ...start, iteration: 0 });
});

test('no more iterations are made than allowed', async () => {
  const start = await startLbfgs(rosenbrock, Float64Array.of(-1.2, 1));
  const end = await minimizeByLbfgs(rosenbrock, start, { ...options, mostIterations: 3 });
  expect(end.iteration).toBe(3);
  expect(end.value).toBeLessThan(start.value);
});

test('going on from any iteration ends in the same bits', async () => {
  const start = await startLbfgs(rosenbrock, Float64Array.of(-1.2, 1));
  const states: LbfgsState[] = [];
  const memory = { ...options, valueTolerance: 1e-6, memory: 4 };
  const undisturbed = await minimizeByLbfgs(rosenbrock, start, {
    ...memory,
    onIteration: async (state) => void states.push(state),
  });
  expect(states.length).toBeGreaterThan(10);
  for (const state of states) {
    expect(await minimizeByLbfgs(rosenbrock, state, memory)).toEqual(undisturbed);
  }
});

test('a function that is not a number where it begins is given back as it is', async () => {
  const nowhere: SmoothFunction = async (_, gradient) => {
    gradient.fill(Number.NaN);
    return Number.NaN;
  };
  const end = await minimizeByLbfgs(
    nowhere,
    await startLbfgs(nowhere, Float64Array.of(1)),
    options,
  );
  expect(end).toMatchObject({ iteration: 0, value: Number.NaN });
});
