import { expect, test } from 'vitest';
import { createAutoSampler } from './auto-sampler.js';
import type { ObservedTrial } from './sampler.js';

const auto = createAutoSampler({
  sobol: () => ({ by: 'sobol' }),
  gp: () => ({ by: 'gp' }),
  tpe: () => ({ by: 'tpe' }),
});

function choose(states: readonly ObservedTrial['state'][], number: number): unknown {
  const trials = states.map(
    (state, index): ObservedTrial => ({
      ...{ number: index, state, parameters: {}, reached: null },
      value: state === 'complete' ? 1 : null,
    }),
  );
  return auto({ space: [], trials, seed: 1, number }).by;
}

function times(count: number, state: ObservedTrial['state']): ObservedTrial['state'][] {
  return new Array<ObservedTrial['state']>(count).fill(state);
}

test('points are spread evenly until ten trials are complete or pruned', () => {
  const unfinished = [...times(8, 'running'), ...times(4, 'failed')];
  expect(choose([], 0)).toBe('sobol');
  expect(choose([...times(7, 'complete'), ...times(2, 'pruned'), ...unfinished], 21)).toBe('sobol');
  expect(choose([...times(8, 'complete'), ...times(2, 'pruned'), ...unfinished], 22)).toBe('gp');
});

test('the Gaussian process chooses up to the thirtieth trial', () => {
  expect(choose(times(10, 'complete'), 10)).toBe('gp');
  expect(choose(times(25, 'complete'), 29)).toBe('gp');
  expect(choose(times(25, 'complete'), 30)).toBe('tpe');
});

test('a study with many workers and nothing finished is still spread evenly', () => {
  expect(choose(times(40, 'running'), 40)).toBe('sobol');
});
