import { describe, expect, it } from 'vitest';
import type { SearchSpace } from '../contract/search-space.js';
import { validateParameters } from './validate-parameters.js';

const space: SearchSpace = [
  { kind: 'float', name: 'rate', low: 0.1, high: 1 },
  { kind: 'int', name: 'units', low: 32, high: 100, step: 32 },
  { kind: 'int', name: 'layers', low: 1, high: 3 },
  { kind: 'categorical', name: 'activation', choices: ['relu', 'selu', true] },
];
const valid = { rate: 0.1, units: 96, layers: 3, activation: 'selu' };

describe('validateParameters', () => {
  it('accepts values on the bounds', () => {
    expect(validateParameters(space, valid)).toEqual([]);
    expect(validateParameters(space, { ...valid, rate: 1, units: 32, layers: 1 })).toEqual([]);
  });

  it('lists every missing, unknown and wrong value with its path', () => {
    const parameters = { rate: 2, units: 48, activation: 'tanh', dropout: 0.5 };
    expect(validateParameters(space, parameters)).toEqual([
      { path: 'rate', message: 'rate must be a number from 0.1 to 1, but is 2' },
      { path: 'units', message: 'units must be 32 plus a multiple of 32, but is 48' },
      { path: 'layers', message: 'layers is missing' },
      {
        path: 'activation',
        message: 'activation must be one of "relu", "selu", true, but is "tanh"',
      },
      {
        path: 'dropout',
        message: 'dropout is not a hyperparameter; known are rate, units, layers, activation',
      },
    ]);
  });

  it.each([
    ['a text', '2'],
    ['not a number', Number.NaN],
    ['too low', 0],
    ['between two steps', 1.5],
  ])('refuses an integer that is %s', (_, layers) => {
    expect(validateParameters(space, { ...valid, layers })).toHaveLength(1);
  });

  it('takes the steps of a float and nothing between them', () => {
    const share: SearchSpace = [{ kind: 'float', name: 'share', low: 0.1, high: 0.5, step: 0.1 }];
    expect(validateParameters(share, { share: 0.3 })).toEqual([]);
    expect(validateParameters(share, { share: 0.1 + 0.2 })).toEqual([]);
    expect(validateParameters(share, { share: 0.35 })).toEqual([
      { path: 'share', message: 'share must be 0.1 plus a multiple of 0.1, but is 0.35' },
    ]);
  });

  it('refuses a step above high', () => {
    expect(validateParameters(space, { ...valid, units: 128 })).toHaveLength(1);
  });
});
