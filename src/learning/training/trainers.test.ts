import { describe, expect, test } from 'vitest';
import type { Tfjs } from '../backend/load-backend.js';
import { GraphTrainer } from '../graph/graph-trainer.js';
import { computeEpochRates } from './epoch-rates.js';
import type { EpochTrainer, TrainerState } from './epoch-trainer.js';
import type { NetworkTrainingPlan } from './network-training-plan.js';
import { loadTfjs } from './testdata/load-tfjs.js';
import {
  createPlan,
  drawData,
  drawNetworkNumbers,
  type SampleNetworkName,
  sampleNetworks,
} from './testdata/sample-networks.js';
import { TfjsTrainer } from './tfjs-trainer.js';
import type { TrainerOptions } from './trainer-options.js';
import { createTrainerState } from './trainer-state.js';

type TrainerClass = new (options: TrainerOptions) => EpochTrainer;

const trainers = [TfjsTrainer, GraphTrainer] as const;
const names = Object.keys(sampleNetworks) as SampleNetworkName[];

function planOf(name: SampleNetworkName): NetworkTrainingPlan {
  return createPlan(sampleNetworks[name], {
    optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.95, epsilon: 1e-8 },
    learningRateSchedule: 'cosine',
    weightDecay: 0.02,
    dropoutSchedule: 'flat-cosine',
    groups: { bias: { learningRate: 0.5, weightDecay: 0 }, scale: { learningRate: 6 } },
    clipNorm: 1,
    emaDecay: 0.9,
    epochs: 8,
    // No whole words of random bytes for one of the dropouts.
    batchSize: 9,
  });
}

function createTrainer(
  Trainer: TrainerClass,
  tf: Tfjs,
  plan: NetworkTrainingPlan,
  state?: TrainerState,
): EpochTrainer {
  const { network } = plan;
  return new Trainer({
    tf,
    plan,
    train: drawData(network, 45, { seed: 1, isWeighted: true }),
    validation: drawData(network, 10, { seed: 2 }),
    seed: 7,
    state: state ?? createTrainerState(plan, drawNetworkNumbers(network, 3)),
    breathe: async () => undefined,
  });
}

async function run(trainer: EpochTrainer, plan: NetworkTrainingPlan, epochs: readonly number[]) {
  const losses: number[] = [];
  for (const epoch of epochs) {
    const { stepsPerEpoch } = trainer;
    const rates = computeEpochRates(plan, { epoch, stepsPerEpoch, objectives: [] });
    losses.push(await trainer.trainEpoch(epoch, rates));
  }
  return losses;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a).toHaveLength(b.length);
  return Math.max(...a.map((value, i) => Math.abs(value - (b[i] as number))));
}

describe.each(
  trainers.flatMap((Trainer) => names.map((name) => ({ Trainer, name, label: Trainer.name }))),
)('the $label of $name', ({ Trainer, name }) => {
  const plan = planOf(name);

  test('makes the loss smaller', async () => {
    const trainer = createTrainer(Trainer, await loadTfjs('tensorflow'), plan);
    const losses = await run(trainer, plan, [1, 2, 3, 4, 5, 6, 7, 8]);
    expect(losses[7]).toBeLessThan(0.9 * (losses[0] as number));
    expect(trainer.readState().step).toBe(8 * 5);
  });

  test('goes on from any epoch to the same bits', async () => {
    const tf = await loadTfjs('tensorflow');
    const whole = createTrainer(Trainer, tf, plan);
    await run(whole, plan, [1, 2]);
    const between = whole.readState();
    const losses = await run(whole, plan, [3, 4]);
    const resumed = createTrainer(Trainer, tf, plan, between);
    expect(await run(resumed, plan, [3, 4])).toEqual(losses);
    expect(resumed.readState()).toEqual(whole.readState());
    expect(await resumed.answerValidation()).toEqual(await whole.answerValidation());
  });

  test('keeps as many tensors as it began with, and none when it is disposed of', async () => {
    const tf = await loadTfjs('tensorflow');
    const before = tf.memory().numTensors;
    const trainer = createTrainer(Trainer, tf, plan);
    await run(trainer, plan, [1]);
    await trainer.answerValidation();
    const { numTensors } = tf.memory();
    await run(
      trainer,
      plan,
      Array.from({ length: 20 }, (_, i) => i + 2),
    );
    await trainer.answerValidation();
    expect(tf.memory().numTensors).toBe(numTensors);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test.each(names)('%s learns the same in a graph and on every backend', async (name) => {
  const plan = planOf(name);
  const learn = async (Trainer: TrainerClass, backend: Parameters<typeof loadTfjs>[0]) => {
    const trainer = createTrainer(Trainer, await loadTfjs(backend), plan);
    const losses = await run(trainer, plan, [1, 2]);
    const answers = await trainer.answerValidation();
    return { ...trainer.readState(), answers, losses };
  };
  const first = await learn(TfjsTrainer, 'tensorflow');
  const others = [
    await learn(GraphTrainer, 'tensorflow'),
    await learn(TfjsTrainer, 'wasm'),
    await learn(TfjsTrainer, 'cpu'),
  ];
  for (const other of others) {
    expect(largestDifference(first.parameters, other.parameters)).toBeLessThan(2e-4);
    expect(largestDifference(first.buffers, other.buffers)).toBeLessThan(1e-4);
    expect(largestDifference(first.answers, other.answers)).toBeLessThan(2e-4);
    expect(other.losses[0]).toBeCloseTo(first.losses[0] as number, 5);
  }
});

test.each(['adam', 'adamw'] as const)(
  'a graph learns the same by %s at once, and goes on from any epoch to the same bits',
  async (kind) => {
    // One learning rate for all parameters.
    const plan: NetworkTrainingPlan = {
      ...planOf('mlp'),
      optimizer: { kind, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      groups: {},
    };
    const tf = await loadTfjs('tensorflow');
    const [steps, graph] = trainers.map((Trainer) => createTrainer(Trainer, tf, plan));
    const losses = await run(graph as EpochTrainer, plan, [1, 2]);
    const expected = await run(steps as EpochTrainer, plan, [1, 2]);
    const [found, wanted] = [graph, steps].map((trainer) => trainer?.readState() as TrainerState);

    expect(losses[1]).toBeCloseTo(expected[1] as number, 5);
    for (const name of ['parameters', 'average'] as const) {
      const [a, b] = [found?.[name], wanted?.[name]] as [Float32Array, Float32Array];
      expect(largestDifference(a, b)).toBeLessThan(1e-5);
    }
    const resumed = createTrainer(GraphTrainer, tf, plan, found);
    await run(resumed, plan, [3]);
    await run(graph as EpochTrainer, plan, [3]);
    expect(resumed.readState()).toEqual(graph?.readState());
  },
);
