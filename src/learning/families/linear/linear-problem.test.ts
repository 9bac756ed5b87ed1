import { expect, test } from 'vitest';
import type { LossPlan } from '../../../contract/training-plan.js';
import { measureColumns } from './column-statistics.js';
import { countMargins } from './linear-model.js';
import { LinearProblem } from './linear-problem.js';
import { createRowLoss } from './row-loss.js';
import { drawData } from './testdata/rows.js';

const breathe = async () => undefined;
const entropy = { kind: 'cross-entropy' } as const;
const cases: [LossPlan, number | null][] = [
  [{ kind: 'squared' }, null],
  [{ kind: 'huber', delta: 0.7 }, null],
  [{ kind: 'absolute' }, null],
  [{ kind: 'quantile', alpha: 0.9 }, null],
  [entropy, 2],
  [entropy, 3],
];

async function createProblem(loss: LossPlan, classCount: number | null) {
  const data = drawData(60, classCount);
  return new LinearProblem({
    ...{ data, outputs: countMargins(classCount), penalty: 0.03, breathe },
    loss: createRowLoss(loss, data, 0.5),
    statistics: await measureColumns(data, breathe),
  });
}

test.each(cases)(
  'the gradient of %o of %s classes is that of finite differences',
  async (...of) => {
    const problem = await createProblem(...of);
    const point = problem.toPoint(null).map((_, index) => Math.sin(index + 1) / 2);
    const gradient = new Float64Array(point.length);
    await problem.evaluate(point, gradient);
    const ignored = new Float64Array(point.length);
    for (const index of point.keys()) {
      const valueAt = (shift: number) =>
        problem.evaluate(
          point.map((value, at) => (at === index ? value + shift : value)),
          ignored,
        );
      const difference = ((await valueAt(1e-5)) - (await valueAt(-1e-5))) / 2e-5;
      expect(gradient[index]).toBeCloseTo(difference, 5);
    }
  },
);

test.each(cases)('a model of %o of %s classes becomes its variables and back', async (...of) => {
  const problem = await createProblem(...of);
  const point = problem.toPoint(null).map((_, index) => Math.cos(index));
  const back = problem.toPoint(problem.toModel(point));
  point.forEach((value, index) => {
    expect(back[index]).toBeCloseTo(value, 9);
  });
});
