import { beforeAll, expect, test } from 'vitest';
import type { Tfjs } from '../backend/load-backend.js';
import type { NetworkSpec } from '../network/network.js';
import { computeAdamScales } from './adam-scales.js';
import type { NetworkTrainingPlan } from './network-training-plan.js';
import { createOptimizer } from './optimizer.js';
import { loadTfjs } from './testdata/load-tfjs.js';
import { createPlan } from './testdata/sample-networks.js';
import { TfjsOps } from './tfjs-ops.js';

let tf: Tfjs;
beforeAll(async () => {
  tf = await loadTfjs('cpu');
});

/** One weight and one bias. */
const network: NetworkSpec = {
  inputWidth: 1,
  encoder: {
    numbers: [0],
    numberEncoding: { kind: 'plain' },
    binaries: [],
    indexes: [],
    robustClip: false,
  },
  layers: [{ kind: 'dense', units: 1, parameterization: 'standard' }],
  output: 'linear',
};

/** Parameters after each of two steps with the given gradients. */
function moveTwice(changes: Partial<NetworkTrainingPlan>, gradients: readonly number[][]) {
  const plan = createPlan(network, changes);
  const optimize = createOptimizer(new TfjsOps(tf), plan);
  const slots = plan.optimizer.kind === 'sgd' ? 1 : 2;
  let state = {
    parameters: tf.tensor([1, -2]) as ReturnType<typeof tf.tensor>,
    slots: Array.from({ length: slots }, () => tf.zeros([2])) as ReturnType<typeof tf.tensor>[],
  };
  return gradients.map((gradient, index) => {
    const { scale, epsilon } = computeAdamScales(plan.optimizer, index + 1);
    const moved = optimize(state, tf.tensor(gradient), {
      learningRate: tf.scalar(0.1),
      weightDecay: tf.scalar(plan.weightDecay),
      adamScale: tf.scalar(scale),
      adamEpsilon: tf.scalar(epsilon),
    });
    state = { parameters: moved.parameters, slots: [...moved.slots] };
    return [...state.parameters.dataSync()];
  });
}

const adam = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8 };
const close = (...values: number[]) => values.map((value) => expect.closeTo(value, 5));

test('the first step of Adam is as long as the learning rate, whatever the gradient', () => {
  const [first] = moveTwice({ optimizer: { kind: 'adam', ...adam } }, [[0.001, -50]]);
  expect(first).toEqual(close(0.9, -1.9));
});

test('later steps of Adam follow the corrected moments', () => {
  const [, second] = moveTwice({ optimizer: { kind: 'adam', ...adam } }, [
    [1, 1],
    [3, 0],
  ]);
  const first = (0.9 * 0.1 * 1 + 0.1 * 3) / (1 - 0.9 ** 2);
  const spread = Math.sqrt((0.95 * 0.05 * 1 + 0.05 * 9) / (1 - 0.95 ** 2));
  const still = (0.9 * 0.1) / (1 - 0.9 ** 2) / Math.sqrt((0.95 * 0.05) / (1 - 0.95 ** 2));
  expect(second).toEqual(close(0.9 - (0.1 * first) / spread, -2.1 - 0.1 * still));
});

test('AdamW shrinks parameters beside the step, by the learning rates and decays of their groups', () => {
  const plan = {
    optimizer: { kind: 'adamw', ...adam },
    weightDecay: 0.5,
    groups: { weight: { learningRate: 2 }, bias: { weightDecay: 0 } },
  } as const;
  const [first] = moveTwice(plan, [[1, 1]]);
  expect(first).toEqual(close(1 * (1 - 0.1 * 2 * 0.5) - 0.2, -2 - 0.1));
});

test('Adam takes weight decay into the gradient, where its size does not show in the first step', () => {
  const plan = { optimizer: { kind: 'adam', ...adam }, weightDecay: 0.5 } as const;
  const [first] = moveTwice(plan, [[0, 0]]);
  expect(first).toEqual(close(0.9, -1.9));
});

test('momentum carries earlier gradients on', () => {
  const steps = moveTwice({ optimizer: { kind: 'sgd', momentum: 0.5 } }, [
    [1, 0],
    [1, 0],
  ]);
  expect(steps).toEqual([close(0.9, -2), close(0.9 - 0.15, -2)]);
});

test('gradient descent takes weight decay into the gradient', () => {
  const plan = { optimizer: { kind: 'sgd', momentum: 0 }, weightDecay: 0.5 } as const;
  expect(moveTwice(plan, [[0, 1]])).toEqual([close(1 - 0.05, -2 - 0.1 * (1 - 1))]);
});
