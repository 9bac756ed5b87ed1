import { expect, test } from 'vitest';
import { familyOf } from '../families.js';
import { createNetworkPredictor } from '../network/predict-network.js';
import type { CheckpointState, TrainingContext } from '../process/family-trainer.js';
import { loadTfjs } from './testdata/load-tfjs.js';
import {
  createPlan,
  drawData,
  drawNetworkNumbers,
  type SampleNetworkName,
  sampleNetworks,
} from './testdata/sample-networks.js';
import { trainNetworkFamily } from './train-network.js';

const names = Object.keys(sampleNetworks) as SampleNetworkName[];
const cases = (['tensorflow', 'wasm'] as const).flatMap((networks) =>
  names.map((name) => ({ networks, name })),
);

function createContext(
  name: SampleNetworkName,
  networks: 'tensorflow' | 'wasm',
  resumed: CheckpointState | null = null,
) {
  const network = sampleNetworks[name];
  const validation = drawData(network, 20, { seed: 2 });
  const checkpoints: CheckpointState[] = [];
  const context: TrainingContext = {
    job: {
      model: 'mlp',
      task: network.output === 'linear' ? 'regression' : 'classification',
      classCount: { linear: null, sigmoid: 2, softmax: 3 }[network.output],
      loss: network.output === 'linear' ? { kind: 'squared' } : { kind: 'cross-entropy' },
      objective: network.output === 'linear' ? 'rmse' : 'logLoss',
      classWeights: 'none',
      parameters: {},
      outputs: [],
      epochs: 5,
      seed: 9,
      checkpointEveryMs: 1,
      trainPath: '',
      validationPath: '',
      resumePath: null,
      outputDir: '',
    },
    train: drawData(network, 60, { seed: 1, isWeighted: true }),
    validation,
    networks,
    resumed,
    nowMs: () => 0,
    judge: (answers) => {
      const squares = answers.map((answer, i) => (answer - (validation.y[i] as number)) ** 2);
      return { value: squares.reduce((sum, square) => sum + square, 0), metrics: {} };
    },
    onEpoch: () => undefined,
    offerCheckpoint: async (epoch, read) => {
      checkpoints.push(structuredClone({ epoch, ...read() }));
    },
    breathe: async () => undefined,
  };
  return { context, checkpoints };
}

const planOf = (name: SampleNetworkName) =>
  createPlan(sampleNetworks[name], {
    optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.95, epsilon: 1e-8 },
    learningRateSchedule: 'plateau',
    plateauPatience: 1,
    weightDecay: 0.02,
    emaDecay: name === 'tabm' ? 0.9 : null,
    epochs: 5,
  });

test.each(cases)(
  'on $networks $name resumed after any epoch is the undisturbed one to the bit',
  async ({ networks, name }) => {
    await loadTfjs(networks);
    const plan = planOf(name);
    const train = (context: TrainingContext) =>
      trainNetworkFamily(context, plan, drawNetworkNumbers(plan.network, 3));
    const whole = createContext(name, networks);
    const trained = await train(whole.context);
    expect(trained.epochsRun).toBe(5);
    expect(trained.backend.name).toBe(networks);
    expect(whole.checkpoints.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    for (const checkpoint of whole.checkpoints) {
      expect(await train(createContext(name, networks, checkpoint).context)).toEqual(trained);
    }
  },
);

test.each(cases)(
  'on $networks $name predicts in serving what the trainer answered in the best epoch',
  async ({ networks, name }) => {
    await loadTfjs(networks);
    const plan = planOf(name);
    const { context } = createContext(name, networks);
    const trained = await trainNetworkFamily(context, plan, drawNetworkNumbers(plan.network, 3));
    const best = trained.history[trained.bestEpoch - 1];
    expect(best?.validationLoss).toBe(trained.value);
    const served = createNetworkPredictor(plan.network, trained.weights).answer(
      context.validation.x,
    );
    expect(served).toHaveLength(trained.predictions.length);
    for (const [i, answer] of served.entries()) {
      const off = Math.abs(answer - (trained.predictions[i] as number));
      expect(off).toBeLessThanOrEqual(1e-5 * (1 + Math.abs(answer)));
    }
  },
);

test('what is trained on is what the family says', async () => {
  await loadTfjs('wasm');
  const { context } = createContext('mlp', 'wasm');
  const plan = planOf('mlp');
  const { backend } = await trainNetworkFamily(context, plan, drawNetworkNumbers(plan.network, 3));
  expect(backend).toEqual(familyOf('mlp').backend('wasm'));
});

test('a training that diverges says so and leaves no tensor behind', async () => {
  const tf = await loadTfjs('wasm');
  const before = tf.memory().numTensors;
  const { context } = createContext('mlp', 'wasm');
  const plan = createPlan(sampleNetworks.mlp, { learningRate: 1e30 });
  const training = trainNetworkFamily(context, plan, drawNetworkNumbers(plan.network, 3));
  await expect(training).rejects.toMatchObject({ code: 'training-diverged' });
  expect(tf.memory().numTensors).toBe(before);
});
