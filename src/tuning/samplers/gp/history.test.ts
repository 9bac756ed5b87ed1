import { describe, expect, it } from 'vitest';
import type { SearchSpace } from '../../../contract/search-space.js';
import { toUnitCube } from '../../space/unit-cube.js';
import type { ObservedTrial } from '../sampler.js';
import { type History, toHistory } from './history.js';

const space: SearchSpace = [
  { kind: 'float', name: 'x', low: 0, high: 1000 },
  { kind: 'categorical', name: 'kind', choices: ['a', 'b'] },
];

function complete(value: number | null): Partial<ObservedTrial> {
  return { state: 'complete', value };
}

function pruned(value: number): Partial<ObservedTrial> {
  return { state: 'pruned', reached: { step: 3, value } };
}

/** Trial n is tried at x = n. */
function historyOf(...trials: readonly Partial<ObservedTrial>[]): History {
  return toHistory(
    toUnitCube(space),
    trials.map((trial, number) => ({
      ...{ number, state: 'running', value: null, reached: null },
      parameters: { x: number, kind: 'a' },
      ...trial,
    })),
  );
}

function placesOf(points: readonly Float64Array[]): number[] {
  return points.map(([x = Number.NaN]) => Math.round(1000 * x));
}

describe('toHistory', () => {
  it('skips failed trials, values that are no number, and parameters from elsewhere', () => {
    const { points, awaited } = historyOf(
      complete(1),
      { state: 'failed' },
      complete(Number.NaN),
      complete(null),
      { ...complete(2), parameters: { x: 4, kind: 'c' } },
      { state: 'pruned' },
      complete(3),
      {},
    );
    expect(placesOf(points)).toEqual([0, 6]);
    expect(placesOf(awaited)).toEqual([7]);
  });

  it('gives values mean 0 and variance 1', () => {
    expect([...historyOf(complete(5), complete(7), complete(9)).values]).toEqual([
      expect.closeTo(-Math.sqrt(1.5), 12),
      0,
      expect.closeTo(Math.sqrt(1.5), 12),
    ]);
    expect([...historyOf(complete(4), complete(4)).values]).toEqual([0, 0]);
  });

  it('lets no value be farther above the median than the best is below', () => {
    const valuesOf = (...values: number[]): Float64Array =>
      historyOf(...values.map(complete)).values;
    expect(valuesOf(1, 1e8, 2, 2.5, 40)).toEqual(valuesOf(1, 4, 2, 2.5, 4));
    expect(valuesOf(1, 1, 1, 9)[3]).toBeCloseTo(Math.sqrt(3), 12);
  });

  it('takes a pruned trial for no better than the median', () => {
    const { values } = historyOf(complete(1), complete(2), complete(3), pruned(0.5), pruned(2.5));
    expect(values[3]).toBe(values[1]);
    expect(values[4]).toBeCloseTo(((values[1] ?? 0) + (values[2] ?? 0)) / 2, 12);
    expect(historyOf(pruned(1), pruned(3)).values).toEqual(Float64Array.of(-1, 1));
  });

  it('models the best and the latest of very many trials', () => {
    const { points } = historyOf(...Array.from({ length: 400 }, (_, number) => complete(number)));
    const kept = placesOf(points);
    expect(kept).toHaveLength(250);
    expect([kept[124], kept[125], kept[249]]).toEqual([124, 275, 399]);
  });
});
