import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../contract/run-status.js';
import type { SearchSpace } from '../../contract/search-space.js';
import type { ObservedTrial } from './sampler.js';
import { sobolSampler } from './sobol-sampler.js';

const space: SearchSpace = [
  { kind: 'float', name: 'rate', low: 1e-4, high: 1, log: true },
  { kind: 'int', name: 'layers', low: 1, high: 4 },
];

function failed(number: number, parameters: Parameters): ObservedTrial {
  return { number, state: 'failed', parameters, value: null, reached: null };
}

describe('sobolSampler', () => {
  it('spreads trials evenly over every parameter', () => {
    const tried = Array.from({ length: 64 }, (_, number) =>
      sobolSampler({ space, trials: [], seed: 7, number }),
    );
    const decades = [0, 0, 0, 0];
    const layers = [0, 0, 0, 0];
    for (const parameters of tried) {
      const decade = Math.floor(Math.log10(Number(parameters.rate))) + 4;
      decades[decade] = (decades[decade] ?? 0) + 1;
      layers[Number(parameters.layers) - 1] = (layers[Number(parameters.layers) - 1] ?? 0) + 1;
    }
    expect(decades).toEqual([16, 16, 16, 16]);
    expect(layers).toEqual([16, 16, 16, 16]);
  });

  it('depends on seed and number alone as long as nothing comes twice', () => {
    const at = (seed: number, number: number) => sobolSampler({ space, trials: [], seed, number });
    expect(new Set([at(1, 3), at(1, 4), at(2, 3)].map(({ rate }) => rate)).size).toBe(3);
    const trials = [failed(0, at(1, 0)), failed(1, at(1, 1))];
    expect(sobolSampler({ space, trials, seed: 1, number: 3 })).toEqual(at(1, 3));
  });

  it('tries all of a small space before it repeats anything, failed trials included', () => {
    const small: SearchSpace = [
      { kind: 'categorical', name: 'kind', choices: ['a', 'b', 'c'] },
      { kind: 'int', name: 'layers', low: 1, high: 7 },
    ];
    const trials: ObservedTrial[] = [];
    for (let number = 0; number < 23; number += 1) {
      trials.push(failed(number, sobolSampler({ space: small, trials, seed: 3, number })));
    }
    const sets = trials.map(({ parameters }) => JSON.stringify(parameters));
    expect(new Set(sets.slice(0, 21)).size).toBe(21);
    expect(new Set(sets).size).toBe(21);
  });

  it('has nothing to choose in a space without ranges', () => {
    expect(sobolSampler({ space: [], trials: [], seed: 1, number: 5 })).toEqual({});
  });
});
