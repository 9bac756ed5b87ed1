import { expect, test } from 'vitest';
import { defaultPrunerPlans, type PrunerPlan } from '../../contract/pruner-plan.js';
import { createPruner } from './create-pruner.js';
import { toTrial } from './testdata/reported-study.js';

/** Five complete trials of eight steps (or folds) without a flaw, and one that is hopeless from the start. */
const others = [0, 1, 2, 3, 4].map((number) =>
  toTrial(number, [0, 0, 0, 0, 0, 0, 0, 0], { state: 'complete', value: 0 }),
);
const hopeless = [1, 1, 1, 1, 1, 1, 1, 1];

function firstEnd(plan: PrunerPlan, firstStep: number | null): number | null {
  const pruner = createPruner(plan, firstStep);
  const index = hopeless.findIndex(
    (_, at) => pruner({ trial: toTrial(9, hopeless.slice(0, at + 1)), others }).prune,
  );
  return index < 0 ? null : index + 1;
}

test('unless the plan names a step, trials end at the first one where the model can be judged', () => {
  const { asha, median } = defaultPrunerPlans;
  expect([firstEnd(asha, 4), firstEnd({ ...asha, minResource: 2 }, 4)]).toEqual([4, 2]);
  expect([firstEnd(median, 5), firstEnd({ ...median, warmUpSteps: 3 }, 5)]).toEqual([5, 3]);
});

test('a model whose steps say nothing is judged by folds alone', () => {
  const { asha, median, wilcoxon } = defaultPrunerPlans;
  expect(firstEnd({ ...asha, minResource: 1 }, null)).toBe(null);
  expect(firstEnd({ ...median, warmUpSteps: 1 }, null)).toBe(null);
  expect(firstEnd(wilcoxon, null)).toBe(4);
});

test('without a pruner no trial ends early', () => {
  expect(firstEnd(defaultPrunerPlans.none, 1)).toBe(null);
});
