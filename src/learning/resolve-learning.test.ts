import { expect, test } from 'vitest';
import type { LearningPlan } from '../contract/training-plan.js';
import { resolveLearning } from './resolve-learning.js';

const open: Pick<LearningPlan, 'loss' | 'objective'> = { loss: null, objective: null };
const regression = { task: 'regression', classCount: null } as const;
const threeClasses = { task: 'classification', classCount: 3 } as const;

test.each([
  [open, regression, 'squared', 'rmse'],
  [open, threeClasses, 'cross-entropy', 'logLoss'],
  [{ ...open, loss: { kind: 'absolute' } as const }, regression, 'absolute', 'mae'],
  [{ ...open, loss: { kind: 'huber', delta: 1 } as const }, regression, 'huber', 'mae'],
  [{ ...open, loss: { kind: 'quantile', alpha: 0.9 } as const }, regression, 'quantile', 'pinball'],
  [{ ...open, objective: 'accuracy' as const }, threeClasses, 'cross-entropy', 'accuracy'],
  [{ ...open, objective: 'mae' as const }, regression, 'squared', 'mae'],
])('%j of %j is the loss %s, judged by %s', (plan, question, loss, objective) => {
  const resolved = resolveLearning(plan, question);
  expect([resolved.loss.kind, resolved.objective]).toEqual([loss, objective]);
});

test.each([
  [{ ...open, loss: { kind: 'absolute' } as const }, threeClasses, 'learning.loss'],
  [{ ...open, loss: { kind: 'cross-entropy' } as const }, regression, 'learning.loss'],
  [{ ...open, objective: 'accuracy' as const }, regression, 'learning.objective'],
  [{ ...open, objective: 'pinball' as const }, regression, 'learning.objective'],
  [{ ...open, objective: 'rocAuc' as const }, threeClasses, 'learning.objective'],
])('%j is refused for %j at %s', (plan, question, path) => {
  expect(() => resolveLearning(plan, question)).toThrow(
    expect.objectContaining({
      code: 'pipeline-invalid',
      problems: [expect.objectContaining({ path })],
    }),
  );
});
