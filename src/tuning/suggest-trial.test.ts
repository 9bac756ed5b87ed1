import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelName } from '../contract/model-names.js';
import type { Parameters } from '../contract/run-status.js';
import type { ParameterRange, SearchSpace } from '../contract/search-space.js';
import {
  type StudyModel,
  type StudyTrial,
  type StudyView,
  suggestTrial,
  type TrialSuggestion,
} from './suggest-trial.js';
import { validateParameters } from './validate-parameters.js';

const samplers = ['auto/1', 'tpe/1', 'gp/1', 'random/3', 'sobol/1'] as const;

/** A study of one model. */
function onlyMlp(space: SearchSpace, defaults: Parameters): readonly StudyModel[] {
  return [{ model: 'mlp', space, defaults }];
}

function complete(
  number: number,
  parameters: Parameters,
  { model = 'mlp', value = 1 }: { model?: ModelName; value?: number } = {},
): StudyTrial {
  return { number, state: 'complete', model, parameters, value, reached: null };
}

/** Suggests while there is something to suggest. */
function suggest(view: Partial<StudyView> & Pick<StudyView, 'models' | 'number'>): TrialSuggestion {
  const suggestion = suggestTrial({
    ...{ warmStarts: [], sampler: 'auto/1', trials: [], seed: 1 },
    ...view,
  });
  if (suggestion === null) throw new Error('something is left to try');
  return suggestion;
}

/** A whole study, trial after trial; it ends when nothing is left. */
function runStudy(view: Pick<StudyView, 'models' | 'sampler'> & Partial<StudyView>, most: number) {
  const trials: StudyTrial[] = [];
  for (let number = 0; number < most; number += 1) {
    const suggestion = suggestTrial({ warmStarts: [], seed: 3, ...view, trials, number });
    if (suggestion === null) break;
    const { model, parameters } = suggestion;
    trials.push(complete(number, parameters, { model, value: ((number * 7) % 11) / 11 }));
  }
  return trials;
}

function distinct(trials: readonly StudyTrial[]): number {
  return new Set(
    trials.map(({ model, parameters }) =>
      JSON.stringify([model, Object.entries(parameters).sort()]),
    ),
  ).size;
}

const small: SearchSpace = [
  { kind: 'int', name: 'layers', low: 1, high: 3 },
  { kind: 'categorical', name: 'wide', choices: [true, false] },
];
const smallDefaults = { layers: 1, wide: true };
const x: SearchSpace = [{ kind: 'float', name: 'x', low: 0, high: 1 }];

const bounds = fc
  .tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 50 }))
  .map(([low, span]) => ({ low, high: low + span }));

const anyRange = (name: string): fc.Arbitrary<ParameterRange> =>
  fc.oneof(
    fc
      .tuple(bounds, fc.boolean())
      .map(([range, log]): ParameterRange => ({ kind: 'float', name, ...range, log })),
    fc
      .tuple(bounds, fc.boolean())
      .map(([range, log]): ParameterRange => ({ kind: 'int', name, ...range, log })),
    fc
      .uniqueArray(fc.oneof(fc.string(), fc.boolean(), fc.integer()), { minLength: 1 })
      .map((choices): ParameterRange => ({ kind: 'categorical', name, choices })),
  );

describe.each(samplers)('suggestTrial by %s', (sampler) => {
  it('tries the defaults first, whatever the space says', () => {
    const defaults = { layers: 9, wide: true };
    const models = onlyMlp(small, defaults);
    expect(suggest({ models, sampler, number: 0 })).toEqual({
      ...{ model: 'mlp', parameters: defaults, sampler },
    });
  });

  it('suggests the same for the same study, and something else for another seed', () => {
    const study = { models: onlyMlp(x, { x: 0 }), sampler };
    expect(runStudy(study, 14)).toEqual(runStudy(study, 14));
    expect(runStudy({ ...study, seed: 4 }, 14)).not.toEqual(runStudy(study, 14));
  });

  it('always suggests parameters that the space allows', () => {
    const anySpace = fc.tuple(anyRange('a'), anyRange('b'), anyRange('c'));
    fc.assert(
      fc.property(anySpace, fc.nat(), (space, seed) => {
        const models: StudyModel[] = [{ model: 'mlp', space, defaults: {} }];
        const trials = runStudy({ models, sampler, seed }, 13);
        for (const { number, parameters } of trials) {
          if (number > 0) expect(validateParameters(space, parameters)).toEqual([]);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('suggests nothing when every parameter set of the space was tried', () => {
    const models = onlyMlp(small, smallDefaults);
    const sets = [1, 2, 3].flatMap((layers) => [true, false].map((wide) => ({ layers, wide })));
    const trials = sets.map((parameters, number) => complete(number, parameters));
    const view = { models, warmStarts: [], sampler, trials, seed: 1, number: 6 };
    expect(suggestTrial(view)).toBeNull();
  });
});

describe.each(['auto/1', 'random/3', 'sobol/1'])('suggestTrial by %s', (sampler) => {
  it('finds every parameter set of a finite space once, and then nothing', () => {
    const trials = runStudy({ models: onlyMlp(small, smallDefaults), sampler }, 9);
    expect([trials.length, distinct(trials)]).toEqual([6, 6]);
  });
});

describe('suggestTrial on a grid', () => {
  const models: readonly StudyModel[] = [
    { model: 'linear', space: small, defaults: smallDefaults },
    { model: 'mlp', space: x, defaults: { x: 0.1 } },
  ];

  it('tries the points of each model in turn, and then nothing', () => {
    const trials = runStudy({ models, sampler: 'grid/1' }, 50);
    expect(trials.map(({ model, parameters }) => [model, ...Object.values(parameters)])).toEqual([
      ['linear', 1, true],
      ['linear', 1, false],
      ['linear', 2, true],
      ['linear', 2, false],
      ['linear', 3, true],
      ['linear', 3, false],
      ...[0, 0.25, 0.5, 0.75, 1].map((value) => ['mlp', value]),
    ]);
  });
});

describe('settings of earlier studies', () => {
  const models = onlyMlp(x, { x: 0.1 });
  const warmStarts = [
    { model: 'mlp', parameters: { x: 0.7 } },
    { model: 'mlp', parameters: { x: 0.1 } },
    { model: 'mlp', parameters: { x: 0.8 } },
  ] as const;

  it('are tried after the defaults, unless they are the defaults', () => {
    const numbers = [0, 1, 2, 3].map(
      (number) => suggest({ models, warmStarts, number }).parameters,
    );
    expect(numbers.slice(0, 3)).toEqual([{ x: 0.1 }, { x: 0.7 }, { x: 0.8 }]);
    expect([0.1, 0.7, 0.8]).not.toContain(numbers[3]?.x);
  });

  it('are left to auto', () => {
    const { parameters } = suggest({ models, warmStarts, sampler: 'tpe/1', number: 1 });
    expect(parameters.x).not.toBe(0.7);
  });
});

describe('a sampler that is not here any more', () => {
  it('is named, with what to do', () => {
    expect(() => suggest({ models: onlyMlp(x, { x: 0 }), sampler: 'auto/0', number: 1 })).toThrow(
      /auto\/0.*start the run again/,
    );
  });
});

describe('suggestTrial with several models', () => {
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
  const countModels = (trials: readonly StudyTrial[], count: number, sampler = 'auto/1') => {
    const counts: Partial<Record<ModelName, number>> = {};
    for (let number = 50; number < 50 + count; number += 1) {
      const { model } = suggest({ models, trials, sampler, seed: 5, number });
      counts[model] = (counts[model] ?? 0) + 1;
    }
    return counts;
  };

  it('tries each at its defaults first, in their order', () => {
    const suggestions = [0, 1, 2].map((number) => suggest({ models, number }));
    expect(suggestions.map(({ model, parameters }) => [model, parameters.x])).toEqual([
      ['linear', 0.1],
      ['mlp', 0.2],
      ['tabm', 0.3],
    ]);
  });

  it('gives half of the next trials to the best one and shares the rest out evenly', () => {
    const { linear = 0, mlp = 0, tabm = 0 } = countModels(first, 3_000);
    // Of 3,000: a sixth each, and half more for the best; five standard deviations are 137.
    expect(Math.abs(mlp - 2_000)).toBeLessThan(137);
    expect(Math.abs(linear - 500)).toBeLessThan(103);
    expect(Math.abs(tabm - 500)).toBeLessThan(103);
  });

  it('gives every model the same chance when all of them failed at their defaults', () => {
    const failed = first.map((trial) => ({ ...trial, state: 'failed' as const, value: null }));
    const counts = Object.values(countModels(failed, 3_000));
    expect(counts).toHaveLength(3);
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(130);
  });

  it('gives every model the same chance where trials are drawn at random', () => {
    const counts = Object.values(countModels(first, 3_000, 'random/3'));
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(130);
  });

  it('prefers the model whose trials were the best, once there are enough of them', () => {
    const later = Array.from({ length: 27 }, (_, index) => {
      const { model } = models[index % 3] as StudyModel;
      return complete(3 + index, { x: index / 27 }, { model, value: model === 'tabm' ? 0 : 5 });
    });
    const { linear = 0, mlp = 0, tabm = 0 } = countModels([...first, ...later], 300);
    expect(tabm).toBeGreaterThan(2 * (linear + mlp));
  });

  it('goes on with the other models when one has nothing left to try', () => {
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
    for (let number = 3; number < 40; number += 1) {
      expect(suggest({ models: both, trials, seed: 9, number })).toMatchObject({
        ...{ model: 'tabm', parameters: { x: 2 } },
      });
    }
  });
});
