import { describe, expect, it } from 'vitest';
import type { TrainPlan } from '../contract/pipeline-plan.js';
import type { LearningPlan } from '../contract/training-plan.js';
import { chooseAnswer } from './choose-answer.js';

const learning: LearningPlan = { loss: null, objective: null, classWeights: 'none' };
const train: TrainPlan = { epochs: null, ensemble: true, bagging: true, calibration: 'none' };
const breathe = async (): Promise<void> => undefined;
const regression = { outputs: 1, learning, train, seed: 0, breathe };
const rows = { task: 'regression', y: Float32Array.of(0, 0, 0, 0), w: null } as const;

/** Errors of opposite signs: their mean is right. */
const above = Float32Array.of(1, 1, 1, 1);
const below = Float32Array.of(-1, -1, -1, -1);
const far = Float32Array.of(5, 5, 5, 5);

describe('chooseAnswer', () => {
  it('takes the models whose mean answers best, and says what the best one scores alone', async () => {
    const chosen = await chooseAnswer([above, far, below], rows, regression);
    expect(chosen.weights).toEqual([0.5, 0, 0.5]);
    expect(chosen).toMatchObject({ value: 0, single: { index: 0, value: 1 }, calibration: null });
  });

  it('takes the best model alone where no ensemble is wanted', async () => {
    const question = { ...regression, train: { ...train, ensemble: false } };
    const chosen = await chooseAnswer([far, above, below], rows, question);
    expect(chosen.weights).toEqual([0, 1, 0]);
    expect(chosen.value).toBe(1);
  });

  it('takes the best model alone where no ensemble wins', async () => {
    const chosen = await chooseAnswer([above, far], rows, regression);
    expect(chosen.weights).toEqual([1, 0]);
  });

  it('judges by the objective of the pipeline', async () => {
    const y = Float32Array.of(0, 0, 0, 0);
    const oneMiss = Float32Array.of(0, 0, 0, 3);
    const question = { ...regression, train: { ...train, ensemble: false } };
    const single = async (objective: LearningPlan['objective']): Promise<readonly number[]> => {
      const asked = { ...question, learning: { ...learning, objective } };
      return (await chooseAnswer([oneMiss, above], { ...rows, y }, asked)).weights;
    };
    expect(await single('rmse')).toEqual([0, 1]);
    expect(await single('mae')).toEqual([1, 0]);
  });

  it('counts rows by their weights', async () => {
    const w = Float32Array.of(1, 1, 1, 0);
    const oneMiss = Float32Array.of(0, 0, 0, 9);
    const chosen = await chooseAnswer([above, oneMiss], { ...rows, w }, regression);
    expect(chosen.weights).toEqual([0, 1]);
  });

  it('calibrates probabilities that are too certain, where that is wanted', async () => {
    const count = 400;
    const y = Int32Array.from({ length: count }, (_, row) => (row % 10 < 7 ? 1 : 0));
    const certain = new Float32Array(2 * count);
    for (let row = 0; row < count; row += 1) certain.set([0.02, 0.98], 2 * row);
    const question = {
      ...{ outputs: 2, learning, seed: 0, breathe },
      train: { ...train, calibration: 'temperature' as const },
    };
    const classes = { task: 'classification', y, w: null } as const;
    const chosen = await chooseAnswer([certain], classes, question);
    const before = await chooseAnswer([certain], classes, {
      ...question,
      train: { ...train, calibration: 'none' },
    });
    expect(chosen.calibration?.kind).toBe('temperature');
    expect(chosen.value).toBeLessThan(before.value);
    expect(before.calibration).toBeNull();
  });

  it('lets others work while it judges', async () => {
    let breaths = 0;
    const question = {
      ...regression,
      breathe: async () => {
        breaths += 1;
      },
    };
    await chooseAnswer([above, below], rows, question);
    expect(breaths).toBeGreaterThan(1);
  });
});
