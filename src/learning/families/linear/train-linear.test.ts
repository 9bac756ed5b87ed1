import { describe, expect, test } from 'vitest';
import type { LossPlan } from '../../../contract/training-plan.js';
import { createMemberPredictor } from '../../model/create-member.js';
import type { CheckpointState, TrainingContext } from '../../process/family-trainer.js';
import { judge } from '../../process/judge.js';
import type { EpochLosses } from '../../process/training-job.js';
import { drawData } from './testdata/rows.js';
import { trainLinear } from './train-linear.js';

const names = ['a', 'b', 'c', 'd', 'e'];

function createContext(
  loss: LossPlan,
  classCount: number | null,
  overrides: Partial<TrainingContext> = {},
): TrainingContext {
  const [train, validation] = [drawData(300, classCount), drawData(100, classCount, 2)];
  const task = classCount === null ? 'regression' : 'classification';
  const objective = classCount === null ? 'rmse' : 'logLoss';
  const paths = { trainPath: '', validationPath: '', resumePath: null, outputDir: '' };
  const outputs = names.map((name) => ({ name, kind: 'number' as const }));
  return {
    job: {
      ...{ model: 'linear', task, classCount, loss, objective, classWeights: 'none', outputs },
      ...{ parameters: { penalty: 0.001 }, epochs: 3, seed: 1, checkpointEveryMs: 0, ...paths },
    },
    ...{ train, validation, networks: 'wasm', resumed: null, nowMs: () => 0 },
    judge: (answers) =>
      judge(objective, answers, {
        ...{ task, w: validation.w, y: validation.classes ?? validation.y },
      }),
    onEpoch: () => undefined,
    offerCheckpoint: async () => undefined,
    breathe: async () => undefined,
    ...overrides,
  };
}

const cases: [LossPlan, number | null][] = [
  [{ kind: 'squared' }, null],
  [{ kind: 'huber', delta: 1 }, null],
  [{ kind: 'absolute' }, null],
  [{ kind: 'quantile', alpha: 0.2 }, null],
  [{ kind: 'cross-entropy' }, 2],
  [{ kind: 'cross-entropy' }, 3],
];

describe.each(cases)('%o of %s classes', (loss, classCount) => {
  test('one epoch is the whole training, with answers better than a guess', async () => {
    const epochs: EpochLosses[] = [];
    const trained = await trainLinear(
      createContext(loss, classCount, { onEpoch: (losses) => epochs.push(losses) }),
    );
    expect(epochs).toEqual(trained.history);
    expect(trained).toMatchObject({ bestEpoch: 1, epochsRun: 1, value: epochs[0]?.validationLoss });
    expect(trained.value).toBeLessThan(classCount === null ? 0.9 : 0.8 * Math.log(classCount));
    expect(trained.backend).toEqual({ name: 'receta', versions: {}, threads: 1 });
  });

  test('serving answers with the same bits', async () => {
    const context = createContext(loss, classCount);
    const { predictor, weights, predictions } = await trainLinear(context);
    const served = createMemberPredictor(predictor, weights);
    expect(served.outputs).toBe(classCount ?? 1);
    expect(served.answer(context.validation.x)).toEqual(predictions);
  });

  test('a training resumed from any checkpoint gives the same bits', async () => {
    const checkpoints: CheckpointState[] = [];
    const undisturbed = await trainLinear(
      createContext(loss, classCount, {
        offerCheckpoint: async (epoch, read) => void checkpoints.push({ epoch, ...read() }),
      }),
    );
    expect(checkpoints.length > 0).toBe(loss.kind !== 'squared');
    const newest = checkpoints.slice(-3);
    for (const resumed of [...checkpoints.slice(0, 3), ...newest]) {
      expect(await trainLinear(createContext(loss, classCount, { resumed }))).toEqual(undisturbed);
    }
  });
});

test('importance is the reach of a feature: shares that add up to 1, none for a constant one', async () => {
  const { importance } = await trainLinear(createContext({ kind: 'squared' }, null));
  expect(Object.keys(importance ?? {})).toEqual(names);
  const { a = 0, c = 0, d = 0 } = importance ?? {};
  expect(Object.values(importance ?? {}).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  expect(a / c).toBeGreaterThan(1.5);
  expect(d).toBe(0);
});

test('features beyond all bounds are a training that diverged', async () => {
  const context = createContext({ kind: 'cross-entropy' }, 2);
  const x = context.train.x.map((value, index) => (index === 7 ? Number.POSITIVE_INFINITY : value));
  const train = { ...context.train, x };
  await expect(trainLinear({ ...context, train })).rejects.toThrow(
    expect.objectContaining({ code: 'training-diverged' }),
  );
});

test('a checkpoint of something else is refused', async () => {
  const resumed = { epoch: 3, tensors: {}, fields: { best: 1 } };
  const context = createContext({ kind: 'cross-entropy' }, 2, { resumed });
  await expect(trainLinear(context)).rejects.toThrow(/checkpoint of a linear model/);
});
