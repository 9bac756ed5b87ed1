import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parameters } from '../contract/run-status.js';
import type { ParameterRange, SearchSpace } from '../contract/search-space.js';
import { samplerName, suggestTrial } from './suggest-trial.js';
import { validateParameters } from './validate-parameters.js';

interface Trial {
  readonly number: number;
  readonly parameters: Parameters;
}

function runStudy(space: SearchSpace, defaults: Parameters, seed: number, count: number): Trial[] {
  const trials: Trial[] = [];
  for (let number = 0; number < count; number += 1) {
    const { parameters } = suggestTrial({ space, defaults, trials, seed, number });
    trials.push({ number, parameters });
  }
  return trials;
}

function distinct(trials: readonly Trial[]): number {
  return new Set(trials.map((trial) => JSON.stringify(Object.entries(trial.parameters).sort())))
    .size;
}

const small: SearchSpace = [
  { kind: 'int', name: 'layers', low: 1, high: 3 },
  { kind: 'categorical', name: 'wide', choices: [true, false] },
];

const bounds = fc
  .tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 50 }))
  .map(([low, span]) => ({ low, high: low + span }));

const anyRange = (name: string): fc.Arbitrary<ParameterRange> =>
  fc.oneof(
    fc
      .tuple(bounds, fc.boolean())
      .map(([range, log]): ParameterRange => ({ kind: 'float', name, ...range, log })),
    fc
      .tuple(bounds, fc.integer({ min: 1, max: 9 }), fc.boolean())
      .map(([range, step, log]): ParameterRange => ({ kind: 'int', name, ...range, step, log })),
    fc
      .uniqueArray(fc.oneof(fc.string(), fc.boolean(), fc.integer()), { minLength: 1 })
      .map((choices): ParameterRange => ({ kind: 'categorical', name, choices })),
  );

describe('suggestTrial', () => {
  it('tries the defaults first, whatever the space says', () => {
    const defaults = { layers: 9, wide: true };
    const suggestion = suggestTrial({ space: small, defaults, trials: [], seed: 1, number: 0 });
    expect(suggestion).toEqual({ parameters: defaults, sampler: 'random/1' });
    expect(samplerName).toBe('random/1');
  });

  it('suggests the same for the same seed, number and trials', () => {
    const defaults = { layers: 1, wide: true };
    expect(runStudy(small, defaults, 4, 5)).toEqual(runStudy(small, defaults, 4, 5));
  });

  it('suggests something else for another seed or number', () => {
    const space: SearchSpace = [{ kind: 'float', name: 'x', low: 0, high: 1 }];
    const defaults = { x: 0 };
    const at = (seed: number, number: number) =>
      suggestTrial({ space, defaults, trials: [], seed, number }).parameters.x;
    expect(new Set([at(1, 1), at(1, 2), at(2, 1), at(2, 2)]).size).toBe(4);
  });

  it('does not depend on the order in which earlier trials are listed', () => {
    const defaults = { layers: 1, wide: true };
    const trials = runStudy(small, defaults, 8, 4);
    const suggest = (listed: readonly Trial[]) =>
      suggestTrial({ space: small, defaults, trials: listed, seed: 8, number: 4 });
    expect(suggest([...trials].reverse())).toEqual(suggest(trials));
  });

  it('finds every parameter set of a finite space before it repeats one', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      expect(distinct(runStudy(small, { layers: 1, wide: true }, seed, 6))).toBe(6);
    }
  });

  it('finds the last free parameter set among many taken ones', () => {
    const space: SearchSpace = [{ kind: 'int', name: 'n', low: 1, high: 5000, log: true }];
    const trials = Array.from({ length: 4999 }, (_, index) => ({
      number: index + 1,
      parameters: { n: index < 4321 ? index + 1 : index + 2 },
    }));
    const defaults = { n: 1 };
    const suggestion = suggestTrial({ space, defaults, trials, seed: 3, number: 5000 });
    expect(suggestion.parameters).toEqual({ n: 4322 });
  });

  it('repeats a parameter set only when the space holds nothing else', () => {
    const trials = runStudy(small, { layers: 1, wide: true }, 2, 9);
    expect(trials).toHaveLength(9);
    expect(distinct(trials)).toBe(6);
  });

  it('repeats rather than lists a large space in which every draw was taken', () => {
    const space: SearchSpace = [
      { kind: 'categorical', name: 'same', choices: new Array<string>(20_000).fill('a') },
    ];
    const suggestion = suggestTrial({
      space,
      defaults: { same: 'a' },
      trials: [],
      seed: 1,
      number: 1,
    });
    expect(suggestion.parameters).toEqual({ same: 'a' });
  });

  it('never repeats the defaults although trial 0 is not listed yet', () => {
    const space: SearchSpace = [{ kind: 'categorical', name: 'wide', choices: [true, false] }];
    for (let seed = 0; seed < 20; seed += 1) {
      const suggestion = suggestTrial({
        space,
        defaults: { wide: true },
        trials: [],
        seed,
        number: 1,
      });
      expect(suggestion.parameters).toEqual({ wide: false });
    }
  });

  it('answers the same when its own trial is already listed', () => {
    const defaults = { layers: 1, wide: true };
    const trials = runStudy(small, defaults, 6, 3);
    const again = suggestTrial({ space: small, defaults, trials, seed: 6, number: 2 });
    expect(again.parameters).toEqual(trials[2]?.parameters);
  });

  it('compares parameters by name, not by order', () => {
    const defaults = { wide: true, layers: 1 };
    expect(distinct(runStudy(small, defaults, 5, 6))).toBe(6);
  });

  it('always suggests parameters that the space allows', () => {
    const anySpace = fc.tuple(anyRange('a'), anyRange('b'), anyRange('c'));
    fc.assert(
      fc.property(anySpace, fc.maxSafeInteger(), fc.integer({ min: 1 }), (space, seed, number) => {
        const input = { space, defaults: {}, trials: [], seed, number };
        expect(validateParameters(space, suggestTrial(input).parameters)).toEqual([]);
      }),
    );
  });
});
