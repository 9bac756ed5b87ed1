import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EarlierTrial } from '../contract/activities.js';
import type { ModelName } from '../contract/model-names.js';
import type { Parameters } from '../contract/run-status.js';
import type { ParameterRange, SearchSpace } from '../contract/search-space.js';
import { type StudyModel, samplerName, suggestTrial } from './suggest-trial.js';
import { validateParameters } from './validate-parameters.js';

/** A study of one model. */
function onlyMlp(space: SearchSpace, defaults: Parameters): readonly StudyModel[] {
  return [{ model: 'mlp', space, defaults }];
}

function complete(
  number: number,
  parameters: Parameters,
  { model = 'mlp', value = 1 }: { model?: ModelName; value?: number } = {},
): EarlierTrial {
  return { number, state: 'complete', model, parameters, value };
}

function runStudy(
  space: SearchSpace,
  defaults: Parameters,
  seed: number,
  count: number,
): EarlierTrial[] {
  const trials: EarlierTrial[] = [];
  const models = onlyMlp(space, defaults);
  for (let number = 0; number < count; number += 1) {
    trials.push(complete(number, suggestTrial({ models, trials, seed, number }).parameters));
  }
  return trials;
}

function distinct(trials: readonly EarlierTrial[]): number {
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
    const suggestion = suggestTrial({
      models: onlyMlp(small, defaults),
      ...{ trials: [], seed: 1, number: 0 },
    });
    expect(suggestion).toEqual({ model: 'mlp', parameters: defaults, sampler: 'random/2' });
    expect(samplerName).toBe('random/2');
  });

  it('suggests the same for the same seed, number and trials', () => {
    const defaults = { layers: 1, wide: true };
    expect(runStudy(small, defaults, 4, 5)).toEqual(runStudy(small, defaults, 4, 5));
  });

  it('suggests something else for another seed or number', () => {
    const space: SearchSpace = [{ kind: 'float', name: 'x', low: 0, high: 1 }];
    const defaults = { x: 0 };
    const at = (seed: number, number: number) =>
      suggestTrial({ models: onlyMlp(space, defaults), trials: [], seed, number }).parameters.x;
    expect(new Set([at(1, 1), at(1, 2), at(2, 1), at(2, 2)]).size).toBe(4);
  });

  it('does not depend on the order in which earlier trials are listed', () => {
    const defaults = { layers: 1, wide: true };
    const trials = runStudy(small, defaults, 8, 4);
    const suggest = (listed: readonly EarlierTrial[]) =>
      suggestTrial({
        models: onlyMlp(small, defaults),
        ...{ trials: listed, seed: 8, number: 4 },
      });
    expect(suggest([...trials].reverse())).toEqual(suggest(trials));
  });

  it('finds every parameter set of a finite space before it repeats one', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      expect(distinct(runStudy(small, { layers: 1, wide: true }, seed, 6))).toBe(6);
    }
  });

  it('finds the last free parameter set among many taken ones', () => {
    const space: SearchSpace = [{ kind: 'int', name: 'n', low: 1, high: 5000, log: true }];
    const trials = Array.from({ length: 4999 }, (_, index) =>
      complete(index + 1, { n: index < 4321 ? index + 1 : index + 2 }),
    );
    const models = onlyMlp(space, { n: 1 });
    const suggestion = suggestTrial({ models, trials, seed: 3, number: 5000 });
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
      models: onlyMlp(space, { same: 'a' }),
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
        models: onlyMlp(space, { wide: true }),
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
    const again = suggestTrial({
      models: onlyMlp(small, defaults),
      ...{ trials, seed: 6, number: 2 },
    });
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
        const input = { models: onlyMlp(space, {}), trials: [], seed, number };
        expect(validateParameters(space, suggestTrial(input).parameters)).toEqual([]);
      }),
    );
  });
});

describe('suggestTrial with several models', () => {
  const x: SearchSpace = [{ kind: 'float', name: 'x', low: 0, high: 1 }];
  const models: readonly StudyModel[] = [
    { model: 'linear', space: x, defaults: { x: 0.1 } },
    { model: 'mlp', space: x, defaults: { x: 0.2 } },
    { model: 'tabm', space: x, defaults: { x: 0.3 } },
  ];
  const first = [
    complete(0, { x: 0.1 }, { model: 'linear', value: 3 }),
    complete(1, { x: 0.2 }, { model: 'mlp', value: 1 }),
    complete(2, { x: 0.3 }, { model: 'tabm', value: 2 }),
  ];
  const countModels = (trials: readonly EarlierTrial[], of = models): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (let number = 3; number < 3003; number += 1) {
      const { model } = suggestTrial({ models: of, trials, seed: 5, number });
      counts[model] = (counts[model] ?? 0) + 1;
    }
    return counts;
  };

  it('tries each at its defaults first, in their order', () => {
    const suggestions = [0, 1, 2].map((number) =>
      suggestTrial({ models, trials: [], seed: 5, number }),
    );
    expect(suggestions.map(({ model, parameters }) => [model, parameters.x])).toEqual([
      ['linear', 0.1],
      ['mlp', 0.2],
      ['tabm', 0.3],
    ]);
  });

  it('gives half of the later trials to the best one and shares the rest out evenly', () => {
    const { linear = 0, mlp = 0, tabm = 0 } = countModels(first);
    // Of 3,000: a sixth each, and half more for the best; five standard deviations are 137.
    expect(Math.abs(mlp - 2000)).toBeLessThan(137);
    expect(Math.abs(linear - 500)).toBeLessThan(103);
    expect(Math.abs(tabm - 500)).toBeLessThan(103);
  });

  it('decides by the first trials alone, so that it does not matter which later one ends first', () => {
    const later = complete(3, { x: 0.5 }, { model: 'tabm', value: 0 });
    for (let number = 4; number < 40; number += 1) {
      const before = suggestTrial({ models, trials: first, seed: 5, number });
      expect(suggestTrial({ models, trials: [...first, later], seed: 5, number })).toEqual(before);
    }
  });

  it('gives every model the same chance when all of them failed at their defaults', () => {
    const failed = first.map((trial) => ({ ...trial, state: 'failed' as const, value: null }));
    const counts = Object.values(countModels(failed));
    expect(counts).toHaveLength(3);
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });

  it('may try what another model has tried', () => {
    const two: SearchSpace = [{ kind: 'categorical', name: 'x', choices: [1, 2] }];
    const both: readonly StudyModel[] = [
      { model: 'mlp', space: two, defaults: { x: 1 } },
      { model: 'tabm', space: two, defaults: { x: 1 } },
    ];
    const trials = [
      complete(0, { x: 1 }),
      complete(1, { x: 1 }, { model: 'tabm', value: 2 }),
      complete(2, { x: 2 }),
    ];
    const suggestions = Array.from({ length: 40 }, (_, number) =>
      suggestTrial({ models: both, trials, seed: 9, number: number + 3 }),
    );
    const ofTabm = suggestions.filter(({ model }) => model === 'tabm');
    expect(ofTabm.length).toBeGreaterThan(0);
    for (const { parameters } of ofTabm) expect(parameters).toEqual({ x: 2 });
  });
});
