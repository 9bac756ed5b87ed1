import { expect, test } from 'vitest';
import { parsePipelineObject } from './parse-pipeline-object.js';
import { toParameterRange } from './space-schema.js';
import { problemsOf, smallest } from './testdata/problems-of.js';

test('entries become ranges of a search space', () => {
  const space = {
    'features.defaults.number.scale': ['standard', 'quantile'],
    'features.columns.a.b.maxLevels': { low: 10, high: 50, int: true, step: 10 },
    'features.columns.c.role': ['feature', 'ignored'],
    learningRate: { low: 0.0001, high: 0.01, log: true },
    dropout: { low: 0, high: 0.5 },
    share: { low: 0.1, high: 0.9, step: 0.2 },
  };
  const file = parsePipelineObject({
    ...{ name: 'p', target: 'y', source: 'a.csv', models: 'mlp' },
    tune: { space },
  });

  expect(
    Object.entries(file.tune.space).map(([name, entry]) => toParameterRange(name, entry)),
  ).toEqual([
    {
      kind: 'categorical',
      name: 'features.defaults.number.scale',
      choices: ['standard', 'quantile'],
    },
    { kind: 'int', name: 'features.columns.a.b.maxLevels', low: 10, high: 50, step: 10 },
    { kind: 'categorical', name: 'features.columns.c.role', choices: ['feature', 'ignored'] },
    { kind: 'float', name: 'learningRate', low: 0.0001, high: 0.01, log: true },
    { kind: 'float', name: 'dropout', low: 0, high: 0.5 },
    { kind: 'float', name: 'share', low: 0.1, high: 0.9, step: 0.2 },
  ]);
});

test.each([
  ['width: []', '5:18 tune.space.width is an empty list, wanted a list of at least one value'],
  [
    'width: 3',
    '5:18 tune.space.width is 3, wanted a list of values, or a section with low and high',
  ],
  ['width: [1, 2, 1]', '5:25 tune.space.width[2] stands in the list before'],
  ['width: {low: 3}', '5:18 tune.space.width.high is missing, wanted a finite number'],
  ['width: {low: 3, high: 3}', '5:33 tune.space.width.high is 3, wanted more than low, which is 3'],
  [
    'rate: {low: 0, high: 1, log: true}',
    '5:23 tune.space.rate.low is 0, wanted a number above 0, since log is true',
  ],
  ['width: {low: 1, high: 9, step: 0}', '5:42 tune.space.width.step is 0, wanted a number above 0'],
  [
    'width: {low: 1, high: 9, step: 8.5}',
    '5:42 tune.space.width.step is 8.5, wanted at most 8, which lies between low and high',
  ],
  [
    'width: {low: 1, high: 9, step: 0.5, int: true}',
    '5:42 tune.space.width.step is 0.5, wanted a whole number, since int is true',
  ],
  [
    'width: {low: 1, high: 9.5, int: true}',
    '5:33 tune.space.width.high is 9.5, wanted a whole number, since int is true',
  ],
  [
    'a.b: [1]',
    '5:16 tune.space.a.b leads nowhere; wanted MODEL.HYPERPARAMETER, features.defaults.KIND.OPTION or features.columns.COLUMN.OPTION',
  ],
  [
    'features.defaults.numbers.scale: [none]',
    '5:44 tune.space.features.defaults.numbers.scale names no kind of column; wanted one of number, category, boolean, datetime, text; did you mean number?',
  ],
  [
    'features.defaults.number.encode: [none]',
    '5:44 tune.space.features.defaults.number.encode names no option of the kind number; wanted one of impute, indicator, scale, clip',
  ],
  [
    'features.defaults.number.scale: [none, big]',
    '5:50 tune.space.features.defaults.number.scale[1] is "big", wanted auto, standard, affine, robust, quantile or none',
  ],
  [
    'features.columns.a.clip: {low: 0, high: 0.7}',
    '5:51 tune.space.features.columns.a.clip.high is 0.7, wanted a share from 0 to below 0.5',
  ],
  [
    'features.defaults.text.buckets: {low: 16, high: 64}',
    '5:43 tune.space.features.defaults.text.buckets draws fractions, and the option is a whole number; add int: true',
  ],
  [
    'features.columns.a.role: [key]',
    '5:37 tune.space.features.columns.a.role[0] is "key", wanted feature or ignored',
  ],
  [
    'features.columns.a.scales: [none]',
    '5:38 tune.space.features.columns.a.scales names no option of features; wanted one of impute, indicator, scale, clip, encode, oneHotLevels, many, pairs, minRows, maxLevels, parts, cyclic, elapsed, buckets, ngrams, unit; did you mean scale?',
  ],
  [
    'features.columns.species.scale: [none]',
    '5:43 tune.space.features.columns.species.scale is about the target, which is no feature',
  ],
  [
    'features.target.transform: [none, log]',
    '5:38 tune.space.features.target.transform is about the target, and trials whose targets are scaled in different ways cannot be compared',
  ],
  [
    'mlp.learning-rate: [1]',
    '5:30 tune.space.mlp.learning-rate names no hyperparameter of mlp; wanted a name such as learningRate',
  ],
])('an entry that could not be tried is refused: %s', (entry, problem) => {
  expect(problemsOf(`${smallest}tune:\n  space: {${entry}}\nmodels: mlp`)).toEqual([problem]);
});

test('options of a column that is no feature cannot be tried', () => {
  const text = `${smallest}ignore: [a]\ntune: {space: {features.columns.a.scale: [none]}}`;

  expect(problemsOf(text)).toEqual([
    '5:42 tune.space.features.columns.a.scale is about a column that is no feature, since its role is ignored',
  ]);
});

test('with several models, a parameter needs the name of its model', () => {
  expect(problemsOf(`${smallest}tune: {space: {learningRate: [0.1]}}`)).toEqual([
    '4:30 tune.space.learningRate says not of which model; wanted MODEL.learningRate, such as mlp.learningRate',
  ]);
});

test('a path of a model that is not tried is refused', () => {
  const text = `${smallest}models: [mlp, linear]\ntune: {space: {tabm.width: [64]}}`;

  expect(problemsOf(text)).toEqual([
    '5:28 tune.space.tabm.width is about tabm, which is not among models (mlp, linear)',
  ]);
});

test('with one model, its parameters need no name of a model', () => {
  expect(problemsOf(`${smallest}models: mlp\ntune: {space: {width: [64, 128]}}`)).toEqual([]);
  expect(problemsOf(`${smallest}models: mlp\ntune: {space: {mlp.width: [64, 128]}}`)).toEqual([]);
});
