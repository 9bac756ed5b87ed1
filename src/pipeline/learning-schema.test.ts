import { expect, test } from 'vitest';
import { problemsOf, smallest } from './testdata/problems-of.js';

test.each([
  ['models: []', 'models is an empty list, wanted a list of at least one model'],
  [
    'models: forest',
    'models is "forest", wanted auto, or one or several of linear, lightgbm, mlp, realmlp, tabm, realmlp-td, tabm-full',
  ],
  [
    'models: [mlp, forest]',
    'models[1] is "forest", wanted one of linear, lightgbm, mlp, realmlp, tabm, realmlp-td, tabm-full',
  ],
  ['models: [mlp, mlp]', 'models[1] stands in the list before'],
  [
    'models: [mlp, linear]\ntune: { trials: 1 }',
    'tune.trials is 1, and models names 2, each of which is tried at least once; wanted 2 or more',
  ],
  [
    'learning: { loss: quantile }',
    'learning.quantile is missing, wanted a number above 0 and below 1, such as 0.9',
  ],
  ['learning: { delta: 2 }', 'learning.delta is for the loss huber'],
  ['learning: { quantile: 0.5 }', 'learning.quantile is for the loss quantile'],
  [
    'learning: { objective: pinball }',
    'learning.objective is pinball, which is for the loss quantile',
  ],
  [
    'task: regression\nlearning: { loss: cross-entropy }',
    'learning.loss is cross-entropy, which is for classification, and the task is regression',
  ],
  [
    'task: regression\nlearning: { objective: rocAuc }',
    'learning.objective is rocAuc, which is for classification, and the task is regression',
  ],
  [
    'learning: { loss: absolute, objective: logLoss }',
    'learning.objective is logLoss, which is for classification, and the loss is absolute',
  ],
  [
    'learning: { loss: absolute, classWeights: balanced }',
    'learning.classWeights is balanced, which is for classes, and numbers are predicted',
  ],
  [
    'task: regression\ntrain: { calibration: isotonic }',
    'train.calibration is isotonic, which is for probabilities, and numbers are predicted',
  ],
])('what cannot be learned is refused: %s', (text, problem) => {
  const problems = problemsOf(`${smallest}${text}\n`).map((line) => line.replace(/^\S+ /, ''));
  expect(problems).toEqual([problem]);
});

test('a loss that only the data can judge is taken', () => {
  expect(problemsOf(`${smallest}learning: { loss: absolute, objective: rmse }\n`)).toEqual([]);
});
