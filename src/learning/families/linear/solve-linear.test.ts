import { expect, test } from 'vitest';
import type { LossPlan } from '../../../contract/training-plan.js';
import type { TrainingData } from '../../process/training-data.js';
import type { SolverState } from './lbfgs-checkpoint.js';
import { countMargins } from './linear-model.js';
import { solveLinear } from './solve-linear.js';
import { drawData, toData } from './testdata/rows.js';

const hooks = { breathe: async () => undefined, onIteration: async () => undefined, resumed: null };

function solve(
  data: TrainingData,
  loss: LossPlan,
  { classCount = null, penalty = 1e-9 }: { classCount?: number | null; penalty?: number } = {},
) {
  return solveLinear({ data, loss, outputs: countMargins(classCount), penalty }, hooks);
}

const entropy = { kind: 'cross-entropy' } as const;

test('two classes: the logits are the log odds of each group', async () => {
  const x = [0, 0, 0, 0, 1, 1, 1, 1].map((value) => [value]);
  const data = toData(x, { classes: [1, 0, 0, 0, 1, 1, 1, 0], count: 2 });
  const { model, meanLoss } = await solve(data, entropy, { classCount: 2 });
  expect(model.intercepts[0]).toBeCloseTo(-Math.log(3), 4);
  expect(model.coefficients[0]).toBeCloseTo(2 * Math.log(3), 4);
  const [rare, often] = [0.25, 0.75];
  expect(meanLoss).toBeCloseTo(-rare * Math.log(rare) - often * Math.log(often), 8);
});

test('three classes: probabilities are the shares of each group', async () => {
  const x = [0, 0, 0, 0, 1, 1, 1, 1].map((value) => [value]);
  const data = toData(x, { classes: [0, 0, 1, 2, 0, 1, 1, 2], count: 3 });
  const { model } = await solve(data, entropy, { classCount: 3 });
  const at = (output: number, value: number) =>
    (model.intercepts[output] ?? 0) + value * (model.coefficients[output] ?? 0);
  expect(at(0, 0) - at(1, 0)).toBeCloseTo(Math.log(2), 4);
  expect(at(0, 0) - at(2, 0)).toBeCloseTo(Math.log(2), 4);
  expect(at(1, 1) - at(0, 1)).toBeCloseTo(Math.log(2), 4);
  expect(at(2, 1) - at(0, 1)).toBeCloseTo(0, 4);
});

test('classes that can be told apart get finite logits from the penalty', async () => {
  const data = toData([[-1], [1]], { classes: [0, 1], count: 2 });
  const { model } = await solve(data, entropy, { classCount: 2, penalty: 0.01 });
  // The slope of the penalty, 2 * 0.01 * c, equals that of the loss, 1 / (1 + exp(c)).
  const coefficient = model.coefficients[0] ?? 0;
  expect(0.02 * coefficient).toBeCloseTo(1 / (1 + Math.exp(coefficient)), 6);
  expect(model.intercepts[0]).toBeCloseTo(0, 6);
});

test('L-BFGS finds what the equations say', async () => {
  const data = drawData(500, null);
  const exact = await solve(data, { kind: 'squared' }, { penalty: 0.01 });
  // So far from every error this is half of the squared error, and so is its penalty.
  const found = await solve(data, { kind: 'huber', delta: 1e9 }, { penalty: 0.005 });
  const deviations = [1, 1, 1_000, 1, 1];
  exact.model.coefficients.forEach((coefficient, index) => {
    const scale = deviations[index] ?? 1;
    expect((found.model.coefficients[index] ?? 0) * scale).toBeCloseTo(coefficient * scale, 4);
  });
});

test('a few wild targets do not bend the line of a Huber loss', async () => {
  const x = Array.from({ length: 50 }, (_, row) => [row / 25 - 1]);
  const y = x.map(([value = 0], row) => (row % 10 === 9 ? 1_000 : 2 * value + 1));
  const { model } = await solve(toData(x, { y }), { kind: 'huber', delta: 0.01 });
  expect(model.coefficients[0]).toBeCloseTo(2, 1);
  expect(model.intercepts[0]).toBeCloseTo(1, 1);
});

test.each([
  [{ kind: 'absolute' } as const, 0.5],
  [{ kind: 'quantile', alpha: 0.9 } as const, 0.9],
])('%o leaves its share of each group below its answers', async (loss, share) => {
  const x = Array.from({ length: 202 }, (_, row) => [row % 2]);
  const y = x.map(([group = 0], row) => Math.floor(row / 2) / 100 + 3 * group);
  const { model } = await solve(toData(x, { y }), loss);
  expect(model.intercepts[0]).toBeCloseTo(share, 1);
  expect(model.coefficients[0]).toBeCloseTo(3, 1);
});

test.each([
  [{ kind: 'squared' } as const, null],
  [{ kind: 'quantile', alpha: 0.3 } as const, null],
  [entropy, 2],
  [entropy, 4],
])(
  '%o of %s classes: going on from any iteration ends in the same bits',
  async (loss, classCount) => {
    const data = drawData(120, classCount);
    const question = { data, loss, outputs: countMargins(classCount), penalty: 1e-4 };
    const states: SolverState[] = [];
    const iterations: number[] = [];
    const undisturbed = await solveLinear(question, {
      ...hooks,
      onIteration: async (count, state) => {
        iterations.push(count);
        states.push(state);
      },
    });
    expect(iterations).toEqual(iterations.toSorted((a, b) => a - b));
    for (const resumed of states) {
      expect(await solveLinear(question, { ...hooks, resumed })).toEqual(undisturbed);
    }
  },
);
