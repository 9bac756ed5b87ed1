import { describe, expect, test } from 'vitest';
import type { LossPlan, ObjectiveName } from '../../../contract/training-plan.js';
import type { TrainedFamily } from '../../process/family-trainer.js';
import { createTreesPredictor } from '../../trees/predict-trees.js';
import { planBoosting } from './boosting-plan.js';
import { Booster, parts } from './native/booster.js';
import { Dataset } from './native/dataset.js';
import { loadLightgbm } from './native/lightgbm-library.js';
import { toBoosterSettings, toDatasetSettings } from './native-settings.js';
import { createRows, outputs } from './testdata/boosting-data.js';
import { NativeModel } from './testdata/native-model.js';
import { createContext, parameters } from './testdata/training-context.js';
import { trainLightgbm } from './train-lightgbm.js';

const crossEntropy: LossPlan = { kind: 'cross-entropy' };
const questions: [string, number | null, LossPlan, ObjectiveName][] = [
  ['a mean', null, { kind: 'squared' }, 'rmse'],
  ['a median', null, { kind: 'absolute' }, 'mae'],
  ['a robust mean', null, { kind: 'huber', delta: 0.5 }, 'mae'],
  ['a quantile', null, { kind: 'quantile', alpha: 0.9 }, 'pinball'],
  ['two classes', 2, crossEntropy, 'logLoss'],
  ['a ranking of two classes', 2, crossEntropy, 'rocAuc'],
  ['three classes', 3, crossEntropy, 'logLoss'],
  ['hits among three classes', 3, crossEntropy, 'accuracy'],
];

function textOf({ weights }: TrainedFamily): string {
  return new TextDecoder().decode(weights.trees?.data as Uint8Array);
}

function spec({ predictor }: TrainedFamily) {
  if (predictor.kind !== 'trees') throw new Error('no trees were trained');
  return predictor.trees;
}

describe.each(questions)('of %s', (_, classCount, loss, objective) => {
  const job = { classCount, loss, objective };
  const { context, checkpoints, reports } = createContext(job);
  const training = trainLightgbm(context);

  test('the best iteration is kept and judged, and it is better than the first', async () => {
    const trained = await training;
    expect(trained.bestEpoch).toBeGreaterThan(1);
    expect(trained.bestEpoch).toBeLessThanOrEqual(trained.epochsRun);
    expect(trained.value).toBe(context.judge(trained.predictions).value);
    expect(trained.value).toBeLessThan(reports[0]?.validationLoss as number);
    expect(trained.history).toEqual(reports);
    expect(trained.history.at(-1)?.epoch).toBe(trained.epochsRun);
  });

  test('a training that goes on from a checkpoint gives the same bits as one undisturbed', async () => {
    const undisturbed = await training;
    const [resumed = null] = checkpoints;
    expect(resumed?.epoch).toBe(100);
    const again = await trainLightgbm(createContext(job, { resumed }).context);
    expect(again).toEqual(undisturbed);
    expect(again.epochsRun).toBeGreaterThan(100);
  });

  test('plain TypeScript gives the raw scores of the library to the bit, unseen values too', async () => {
    const trained = await training;
    const strange = createRows(600, 9, classCount).x.map((value, index) => {
      const turn = index % 23;
      if (turn === 0) return Number.NaN;
      if (turn === 7) return [40, -3, 2.7, 1e30, Number.POSITIVE_INFINITY][index % 5] as number;
      return turn === 11 ? 1e-36 : value;
    });
    const trees = spec(trained);
    const scores = trees.answer === 'softmax' ? trees.outputs : 1;
    const native = new NativeModel(textOf(trained));
    expect(native.iterations).toBe(trained.bestEpoch);
    const { rawScores } = createTreesPredictor(trees, trained.weights);
    expect(rawScores(strange)).toEqual(native.rawScores(strange, outputs.length, scores));
  });

  test('the predictor answers as the trainer did', async () => {
    const trained = await training;
    const answers = createTreesPredictor(spec(trained), trained.weights).answer(
      context.validation.x,
    );
    for (const [index, answer] of answers.entries()) {
      expect(answer).toBeCloseTo(trained.predictions[index] as number, 6);
    }
  });
});

test('without sampling, segments give what one undivided boosting gives', async () => {
  const whole = { ...parameters, numLeaves: 15, baggingFraction: 1, featureFraction: 1 };
  const { context } = createContext({ parameters: whole, epochs: 230 });
  const trained = await trainLightgbm(context);

  const library = await loadLightgbm();
  const settings = toDatasetSettings(outputs, whole);
  const train = new Dataset(library, context.train, settings, null);
  const validation = new Dataset(library, context.validation, settings, train);
  train.setTargets(context.train.y, null);
  validation.setTargets(context.validation.y, null);
  const plan = planBoosting({ kind: 'squared' }, 'rmse', null);
  const plain = toBoosterSettings(whole, plan, { seed: 1, segment: 0 });
  const booster = new Booster(library, { train, validation }, plain, { scores: 1, metrics: 2 });
  for (let count = 0; count < trained.bestEpoch; count += 1) booster.update();
  const answers = new Float64Array(context.validation.rowCount);
  booster.readAnswers(parts.validation, answers);

  expect(trained.bestEpoch).toBeGreaterThan(100);
  expect(trained.predictions).toEqual(Float32Array.from(answers));
});

test('another seed draws other rows', async () => {
  const [one, two] = await Promise.all(
    [1, 2].map((seed) => trainLightgbm(createContext({ seed, epochs: 20 }).context)),
  );
  expect(one?.predictions).not.toEqual(two?.predictions);
});

test('rows of weight 0 are not learned from', async () => {
  const { context } = createContext({ epochs: 30 });
  const half = Float32Array.from(context.train.y, (_, row) => (row < 300 ? 2 : 0));
  const wrong = context.train.y.map((target, row) => (row < 300 ? target : -100));
  const train = { ...context.train, y: wrong, w: half };
  const { value } = await trainLightgbm({ ...context, train });
  expect(value).toBeLessThan(0.5);
});

test('features that say nothing give one iteration without a split', async () => {
  const { context } = createContext();
  const flat = <T extends { x: Float32Array }>(part: T): T => ({ ...part, x: part.x.map(() => 1) });
  const blind = { ...context, train: flat(context.train), validation: flat(context.validation) };
  const trained = await trainLightgbm(blind);
  expect(trained).toMatchObject({ bestEpoch: 1, epochsRun: 1 });
  expect(new Set(trained.predictions).size).toBe(1);
  expect(Object.values(trained.importance ?? {})).toEqual([0, 0, 0, 0, 0]);
});

test('importance is told by feature, adds up to 1 and is low for noise', async () => {
  const { importance } = await trainLightgbm(createContext({ epochs: 50 }).context);
  const shares = importance ?? {};
  expect(Object.keys(shares)).toEqual(outputs.map(({ name }) => name));
  expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
  expect(shares.noise).toBeLessThan(0.1);
});

test('a learning rate at which nothing is finite ends as a diverged training', async () => {
  const { context } = createContext({ parameters: { ...parameters, learningRate: 1e300 } });
  await expect(trainLightgbm(context)).rejects.toMatchObject({ code: 'training-diverged' });
});
