import { expect, test } from 'vitest';
import type { RecetaError } from '../contract/errors.js';
import type { ParameterRange, SearchSpace } from '../contract/search-space.js';
import { drawParameters } from './draw-parameters.js';
import { extendSpace } from './extend-space.js';
import { validateParameters } from './validate-parameters.js';

const accepted: SearchSpace = [
  { kind: 'int', name: 'layers', low: 1, high: 16 },
  { kind: 'float', name: 'rate', low: 0, high: 1 },
];
const family = {
  model: 'mlp' as const,
  accepted,
  space: [
    { kind: 'int', name: 'layers', low: 1, high: 3 },
    { kind: 'float', name: 'rate', low: 0.01, high: 0.1 },
  ] satisfies SearchSpace,
  defaults: { layers: 2, rate: 0.03 },
};

const problemsOf = (range: ParameterRange): RecetaError => {
  try {
    extendSpace(family, [range]);
  } catch (error) {
    return error as RecetaError;
  }
  throw new Error('it was meant to fail');
};

test('without ranges of its own a study tries what the family says', () => {
  const { space, defaults } = extendSpace(family, []);
  expect({ space, defaults }).toEqual({ space: family.space, defaults: family.defaults });
});

test('a range replaces the one of its name and keeps the default that lies in it', () => {
  const { space, defaults } = extendSpace(family, [
    { kind: 'float', name: 'rate', low: 0.02, high: 0.5, log: true },
  ]);
  expect(space.map(({ name }) => name)).toEqual(['layers', 'rate']);
  expect(space[1]).toMatchObject({ low: 0.02, high: 0.5 });
  expect(defaults).toEqual({ layers: 2, rate: 0.03 });
});

test.each<[ParameterRange, unknown]>([
  [{ kind: 'categorical', name: 'rate', choices: [0.5, 0.25] }, 0.5],
  [{ kind: 'float', name: 'rate', low: 0.2, high: 0.4 }, 0.3],
  [{ kind: 'float', name: 'rate', low: 0.04, high: 0.64, log: true }, 0.16],
  [{ kind: 'int', name: 'layers', low: 3, high: 9, step: 2 }, 5],
])('a default that %j leaves out becomes its first choice or middle', (range, expected) => {
  expect(extendSpace(family, [range]).defaults[range.name]).toBe(expected);
});

test('parameters of features join the space, the first choice being tried first', () => {
  const scale = 'features.defaults.number.scale';
  const { space, defaults } = extendSpace(family, [
    { kind: 'categorical', name: scale, choices: ['standard', 'quantile'] },
    { kind: 'float', name: 'features.columns.a.b.clip', low: 0, high: 0.1 },
  ]);
  expect(space).toHaveLength(4);
  expect(defaults).toEqual({
    ...family.defaults,
    [scale]: 'standard',
    'features.columns.a.b.clip': 0.05,
  });
  const drawn = drawParameters(space, () => 0.99);
  expect(drawn[scale]).toBe('quantile');
  expect(validateParameters(space, drawn)).toEqual([]);
});

test('a range between whole numbers means these where the family takes nothing else', () => {
  const { space, defaults } = extendSpace(family, [
    { kind: 'float', name: 'layers', low: 4, high: 8 },
  ]);
  expect(space[0]).toEqual({ kind: 'int', name: 'layers', low: 4, high: 8 });
  expect(defaults.layers).toBe(6);
});

test('a step goes along with the range, and decides the middle', () => {
  const { space, defaults } = extendSpace(family, [
    { kind: 'float', name: 'rate', low: 0.1, high: 0.95, step: 0.2 },
    { kind: 'float', name: 'layers', low: 4, high: 8, step: 2 },
  ]);
  expect(space).toEqual([
    { kind: 'int', name: 'layers', low: 4, high: 8, step: 2 },
    { kind: 'float', name: 'rate', low: 0.1, high: 0.95, step: 0.2 },
  ]);
  expect(defaults).toEqual({ layers: 6, rate: 0.5 });
});

test.each<[ParameterRange, string]>([
  [
    { kind: 'float', name: 'Rate', low: 0, high: 1 },
    'Rate is neither a hyperparameter (layers, rate) nor',
  ],
  [{ kind: 'float', name: 'rate', low: 0, high: 2 }, 'rate must be a number from 0 to 1, but is 2'],
  [
    { kind: 'categorical', name: 'layers', choices: [2, 'many'] },
    'layers must be a number from 1 to 16, but is "many"',
  ],
  [
    { kind: 'float', name: 'layers', low: 1.5, high: 3 },
    'layers must be 1 plus a multiple of 1, but is 1.5',
  ],
  [
    { kind: 'float', name: 'layers', low: 1, high: 3, step: 0.5 },
    'layers must be 1 plus a multiple of 1, but is 1.5',
  ],
  [
    { kind: 'categorical', name: 'features.target.transform', choices: ['log', 'none'] },
    'trials could not be compared',
  ],
])('%j is refused', (range, message) => {
  const error = problemsOf(range);
  expect(error).toMatchObject({
    code: 'pipeline-invalid',
    problems: [{ path: `tune.space.${range.name}` }],
  });
  expect(error.message).toContain(message);
});

test('a range with the name of a model is of that model alone', () => {
  const ranges: ParameterRange[] = [
    { kind: 'float', name: 'mlp.rate', low: 0.5, high: 0.6 },
    { kind: 'float', name: 'realmlp.rate', low: 0.7, high: 0.8 },
  ];

  expect(extendSpace(family, ranges).space).toEqual([
    { kind: 'int', name: 'layers', low: 1, high: 3 },
    { kind: 'float', name: 'rate', low: 0.5, high: 0.6 },
  ]);
});

test('a problem names the range as the pipeline file does', () => {
  expect(problemsOf({ kind: 'int', name: 'mlp.layers', low: 1, high: 99 }).problems).toEqual([
    {
      path: 'tune.space.mlp.layers',
      message: 'mlp.layers must be a number from 1 to 16, but is 99',
    },
  ]);
});
