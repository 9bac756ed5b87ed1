import { expect, test } from 'vitest';
import { modelNames } from '../contract/model-names.js';
import type { DatasetTraits } from './family.js';
import { planStudyModels } from './plan-study-models.js';
import { estimateSeconds, isNetwork, resolveModels } from './resolve-models.js';

const small: DatasetTraits = {
  task: 'classification',
  classCount: 3,
  trainRows: 220,
  width: 9,
  loss: { kind: 'cross-entropy' },
  objective: 'logLoss',
};
/** So many rows that most models take hours. */
const huge: DatasetTraits = { ...small, trainRows: 50_000_000, width: 200 };

test('models that are named are taken as they are', () => {
  expect(resolveModels(['tabm-full', 'linear'], huge)).toEqual(['tabm-full', 'linear']);
});

test('auto takes every family where none takes long, and no setting of a paper', () => {
  expect(resolveModels('auto', small)).toEqual(['lightgbm', 'realmlp', 'tabm', 'mlp', 'linear']);
});

test('auto leaves out what takes too long, and keeps the quickest network in any case', () => {
  const models = resolveModels('auto', huge);
  expect(models.length).toBeLessThan(5);
  expect(models.filter(isNetwork)).toEqual(['mlp']);
});

test('a model is a network when tfjs trains it', () => {
  expect(modelNames.filter((name) => !isNetwork(name))).toEqual(['linear', 'lightgbm']);
});

test('a study begins with the quickest models', () => {
  const models = planStudyModels('auto', small, 8);
  const seconds = models.map((name) => estimateSeconds(name, small));
  expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
  expect([...models].sort()).toEqual([...resolveModels('auto', small)].sort());
});

test.each([
  [1, ['realmlp']],
  [2, ['lightgbm', 'realmlp']],
  [3, ['lightgbm', 'realmlp', 'tabm']],
])(
  'of auto a study of %i trials tries the most promising, a network among them',
  (trials, names) => {
    expect([...planStudyModels('auto', small, trials)].sort()).toEqual(names);
  },
);
