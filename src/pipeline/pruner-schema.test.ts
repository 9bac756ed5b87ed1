import { expect, test } from 'vitest';
import { defaultPrunerPlans } from '../contract/pruner-plan.js';
import { parsePipelineObject } from './parse-pipeline-object.js';
import { toTunePlan } from './to-tune-plan.js';

function planOf(tune: object, change: object = {}) {
  return toTunePlan(
    parsePipelineObject({ name: 'p', source: 'a.csv', target: 'y', tune, ...change }),
  );
}

test('a pruner is its name, or its name with settings', () => {
  expect(planOf({}).pruner).toEqual({ kind: 'none' });
  expect(planOf({ pruner: 'asha' }).pruner).toEqual(defaultPrunerPlans.asha);
  expect(planOf({ pruner: { kind: 'asha', reductionFactor: 2 } }).pruner).toEqual({
    ...defaultPrunerPlans.asha,
    reductionFactor: 2,
  });
});

test('a setting of another pruner is refused', () => {
  const wrong = { pruner: { kind: 'median', pThreshold: 0.1 } };
  const message = expect.stringContaining('is no setting of median');
  const problems = [expect.objectContaining({ path: 'tune.pruner.pThreshold', message })];
  expect(() => planOf(wrong)).toThrow(expect.objectContaining({ problems }));
});

test('the window is frozen as twice the trials in flight', () => {
  expect(planOf({ order: 'fixed', parallel: 3 }).order).toEqual({ kind: 'fixed', window: 6 });
  expect(planOf({ order: 'fixed', window: 5 }).order).toEqual({ kind: 'fixed', window: 5 });
  expect(planOf({ window: 5 }).order).toEqual({ kind: 'arrival' });
});

test('what is to be reproducible has a fixed order, unless another one is asked for', () => {
  expect(planOf({}, { reproducible: true }).order).toEqual({ kind: 'fixed', window: 4 });
  expect(planOf({ order: 'arrival' }, { reproducible: true }).order).toEqual({ kind: 'arrival' });
});

test('the best trials of long studies are scored again', () => {
  expect([19, 20].map((trials) => planOf({ trials }).rescore)).toEqual([0, 3]);
  expect(planOf({ trials: 4, rescore: 2 }).rescore).toBe(2);
});
