import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../contract/run-status.js';
import type { ParameterRange, SearchSpace } from '../../contract/search-space.js';
import { gridSampler, gridSize } from './grid-sampler.js';
import type { ObservedTrial } from './sampler.js';

function walk(space: SearchSpace, count = gridSize(space), first: readonly Parameters[] = []) {
  const trials = first.map(toTrial);
  for (let i = 0; i < count; i += 1) {
    const parameters = gridSampler({ space, trials, seed: 0, number: trials.length });
    trials.push(toTrial(parameters, trials.length));
  }
  return trials.map(({ parameters }) => parameters);
}

function toTrial(parameters: Parameters, number: number): ObservedTrial {
  return { number, state: 'failed', parameters, value: null, reached: null };
}

const valuesOf = (range: ParameterRange) => walk([range]).map((point) => point[range.name]);

describe('gridSampler', () => {
  it('tries every point once, the last parameter changing fastest', () => {
    const space: SearchSpace = [
      { kind: 'categorical', name: 'activation', choices: ['relu', 'selu'] },
      { kind: 'int', name: 'layers', low: 1, high: 3 },
    ];
    expect(walk(space)).toEqual([
      { activation: 'relu', layers: 1 },
      { activation: 'relu', layers: 2 },
      { activation: 'relu', layers: 3 },
      { activation: 'selu', layers: 1 },
      { activation: 'selu', layers: 2 },
      { activation: 'selu', layers: 3 },
    ]);
  });

  it('leaves out what was tried, and passes over what is no point', () => {
    const space: SearchSpace = [{ kind: 'int', name: 'layers', low: 1, high: 3 }];
    const first = [{ layers: 1 }, { layers: 7 }];
    expect(walk(space, 2, first)).toEqual([...first, { layers: 2 }, { layers: 3 }]);
  });

  it.each<[string, ParameterRange, unknown[]]>([
    ['float', { kind: 'float', name: 'x', low: 0, high: 1 }, [0, 0.25, 0.5, 0.75, 1]],
    [
      'log float',
      { kind: 'float', name: 'x', low: 1e-4, high: 1, log: true },
      [1e-4, 1e-3, 1e-2, 0.1, 1],
    ],
    ['float that leaves no choice', { kind: 'float', name: 'x', low: 2, high: 2 }, [2]],
    [
      'float with steps',
      { kind: 'float', name: 'x', low: 0.1, high: 0.45, step: 0.1 },
      [0.1, 0.2, 0.3, 0.4],
    ],
    [
      'long whole number',
      { kind: 'int', name: 'x', low: 0, high: 95, step: 5 },
      [0, 10, 20, 30, 40, 55, 65, 75, 85, 95],
    ],
    [
      'log whole number',
      { kind: 'int', name: 'x', low: 1, high: 512, log: true },
      [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    ],
    [
      'short log whole number',
      { kind: 'int', name: 'x', low: 1, high: 12, log: true },
      [1, 2, 3, 4, 5, 7, 9, 12],
    ],
  ])('spreads the points of a %s', (_, range, values) => {
    expect(valuesOf(range)).toEqual(values);
  });

  it('says that there is nothing left', () => {
    const space: SearchSpace = [{ kind: 'int', name: 'layers', low: 1, high: 3 }];
    expect(() => walk(space, 4)).toThrow('all 3 points of the grid were tried');
  });
});
