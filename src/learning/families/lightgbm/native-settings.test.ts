import { expect, test } from 'vitest';
import { planBoosting } from './boosting-plan.js';
import { toBoosterSettings, toDatasetSettings } from './native-settings.js';
import { parameters } from './testdata/training-context.js';

const plan = planBoosting({ kind: 'squared' }, 'rmse', null);
const settings = (seed: number, segment: number): string =>
  toBoosterSettings(parameters, plan, { seed, segment });

test('every training has one thread and a way to count that no stopwatch chooses', () => {
  for (const text of [settings(1, 0), toDatasetSettings([], parameters)]) {
    expect(text).toContain('num_threads=1 ');
    expect(text).toContain('deterministic=true force_col_wise=true');
  }
});

test('each seed and each segment draws rows and features anew, the same ones every time', () => {
  const texts = [settings(1, 0), settings(1, 1), settings(2, 0)];
  expect(new Set(texts).size).toBe(3);
  expect(settings(1, 1)).toBe(texts[1]);
});

test('without row sampling there is no bagging', () => {
  const whole = { ...parameters, baggingFraction: 1 };
  expect(toBoosterSettings(whole, plan, { seed: 1, segment: 0 })).toContain('bagging_freq=0');
  expect(settings(1, 0)).toContain('bagging_fraction=0.7 bagging_freq=1');
});

test('features that are positions of levels are categories', () => {
  const number = { name: 'a', kind: 'number' } as const;
  const index = { name: 'b', kind: 'index', cardinality: 3 } as const;
  expect(toDatasetSettings([number, index, number, index], parameters)).toContain(
    'categorical_feature=1,3',
  );
  expect(toDatasetSettings([number], parameters)).not.toContain('categorical');
});
