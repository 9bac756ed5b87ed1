import { expect, test } from 'vitest';
import type { ModelMember, TrainModelResult } from '../contract/activities.js';
import type { ModelName } from '../contract/model-names.js';
import type { TrainingBackend } from '../contract/run-record.js';
import { summarizeTraining } from './summarize-training.js';

const ref = { uri: 's3://b/a', sha256: 'a', sizeBytes: 1, mediaType: 'x/y' };
const lightgbm: TrainingBackend = {
  ...{ name: 'lightgbm', versions: { lightgbm: '4.7.0' }, threads: 1 },
};
const tensorflow: TrainingBackend = {
  ...{ name: 'tensorflow', versions: { tfjs: '4.22.0', tensorflow: '2.21.0' }, threads: 1 },
};
const receta: TrainingBackend = { name: 'receta', versions: {}, threads: 1 };

function member(
  model: ModelName,
  weight: number,
  backend: TrainingBackend,
  trial = 0,
): ModelMember {
  return { model, weight, backend, trial, fold: 0, parameters: {} };
}

function summarize(
  kind: TrainModelResult['kind'],
  members: readonly ModelMember[],
  calibration: TrainModelResult['calibration'] = 'none',
): string {
  return summarizeTraining({
    ...{ model: ref, weights: ref, history: ref, members, kind, calibration },
    ...{ bestEpoch: 3, value: 0.08324, bestTrialValue: 0.08411, resumedFromEpoch: null },
    ...{ backend: lightgbm, platformKey: 'p', warnings: [] },
    cache: { state: 'ran', reason: 'r', key: 'k', parts: ref },
  });
}

test('a single model is named with its library', () => {
  expect(summarize('single', [member('linear', 1, receta)])).toBe(
    'linear: 0.08324 (best trial 0.08411): linear (Receta)',
  );
});

test('an ensemble names shares, the largest first, and each library once', () => {
  const members = [
    member('mlp', 0.2, tensorflow, 3),
    member('lightgbm', 0.3, lightgbm, 0),
    member('tabm', 0.3, tensorflow, 1),
    member('lightgbm', 0.2, lightgbm, 5),
  ];
  expect(summarize('ensemble', members)).toBe(
    'ensemble of 4: 0.08324 (best trial 0.08411): lightgbm 0.50 (LightGBM 4.7.0), tabm 0.30, mlp 0.20 (tfjs-node on TensorFlow 2.21.0)',
  );
});

test('a bag counts the models of all folds, and a calibration is named', () => {
  const members = [0, 1, 2].map(() => member('mlp', 1 / 3, tensorflow));
  expect(summarize('bag', members, 'temperature')).toBe(
    'bag of 3: 0.08324 (best trial 0.08411), temperature calibration: mlp (tfjs-node on TensorFlow 2.21.0)',
  );
});
