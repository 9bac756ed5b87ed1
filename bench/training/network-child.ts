import { loadBackend, type Tfjs } from '../../src/learning/backend/load-backend.js';
import { GraphTrainer } from '../../src/learning/graph/graph-trainer.js';
import { initNetwork } from '../../src/learning/network/init-network.js';
import type { Layer, NetworkSpec } from '../../src/learning/network/network.js';
import type { TrainingData } from '../../src/learning/process/training-data.js';
import { computeEpochRates } from '../../src/learning/training/epoch-rates.js';
import type { NetworkTrainingPlan } from '../../src/learning/training/network-training-plan.js';
import { createTrainerState } from '../../src/learning/training/trainer-state.js';
import { createMlpData, type MlpCase, mlpInputs, mlpLearningRate, mlpRows } from './mlp-case.js';

// Trains MLPs on request, on one thread: the environment of this process says so before TensorFlow is loaded.

/** One question; whole epochs are trained until the seconds, or the steps, are over. */
export interface NetworkQuestion {
  readonly trainer: 'graph' | 'fit';
  readonly one: MlpCase;
  readonly seconds: number;
  readonly steps: number;
}

export interface NetworkAnswer {
  readonly stepsPerSecond: number;
  /** Mean loss of the last epoch. */
  readonly loss: number;
  /** More at the end of these epochs than at their beginning. */
  readonly tensorsGrown: number;
  readonly residentBytesGrown: number;
}

/** Trains one epoch more. */
type TrainEpoch = () => Promise<{ readonly steps: number; readonly loss: number }>;

const { tf } = await loadBackend('tensorflow');
const prepared = new Map<string, TrainEpoch>();

process.on('message', async (question: NetworkQuestion) => {
  process.send?.(await answer(question));
});

async function answer({ trainer, one, seconds, steps }: NetworkQuestion): Promise<NetworkAnswer> {
  const key = `${trainer} ${one.name}`;
  const trainEpoch =
    prepared.get(key) ?? (trainer === 'graph' ? prepareGraph(tf, one) : prepareFit(tf, one));
  prepared.set(key, trainEpoch);
  const tensors = tf.memory().numTensors;
  const residentBytes = process.memoryUsage.rss();
  const startedAtMs = performance.now();
  let [trained, loss, elapsed] = [0, Number.NaN, 0];
  while (trained === 0 || elapsed < seconds || trained < steps) {
    const epoch = await trainEpoch();
    trained += epoch.steps;
    loss = epoch.loss;
    elapsed = (performance.now() - startedAtMs) / 1000;
  }
  return {
    stepsPerSecond: trained / elapsed,
    loss,
    tensorsGrown: tf.memory().numTensors - tensors,
    residentBytesGrown: process.memoryUsage.rss() - residentBytes,
  };
}

function prepareGraph(tf: Tfjs, one: MlpCase): TrainEpoch {
  const train = toTrainingData(one);
  const plan = toPlan(one);
  const validation = { ...train, rowCount: 1 };
  const initial = initNetwork(plan.network, { seed: 1, style: 'he', sample: train });
  const state = createTrainerState(plan, initial);
  const breathe = async (): Promise<void> => undefined;
  const trainer = new GraphTrainer({ tf, plan, train, validation, seed: 1, state, breathe });
  const { stepsPerEpoch } = trainer;
  let epoch = 0;
  return async () => {
    epoch += 1;
    const rates = computeEpochRates(plan, { epoch, stepsPerEpoch, objectives: [] });
    return { steps: stepsPerEpoch, loss: await trainer.trainEpoch(epoch, rates) };
  };
}

function toTrainingData(one: MlpCase): TrainingData {
  const { x, y } = createMlpData(one);
  return { rowCount: mlpRows, width: mlpInputs, x, y, classes: null, w: null, sha256: '' };
}

function toPlan({ width, batchSize, classCount }: MlpCase): NetworkTrainingPlan {
  const dense = (units: number): Layer => ({ kind: 'dense', units, parameterization: 'standard' });
  const relu: Layer = { kind: 'activation', activation: 'relu', parametric: false };
  const network: NetworkSpec = {
    inputWidth: mlpInputs,
    encoder: {
      numbers: Array.from({ length: mlpInputs }, (_, position) => position),
      ...{ numberEncoding: { kind: 'plain' }, binaries: [], indexes: [], robustClip: false },
    },
    layers: [dense(width), relu, dense(width), relu, dense(classCount ?? 1)],
    output: classCount === null ? 'linear' : 'softmax',
  };
  return {
    network,
    loss: { kind: classCount === null ? 'squared' : 'cross-entropy' },
    optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    ...{ learningRate: mlpLearningRate, weightDecay: 0, labelSmoothing: 0, plateauPatience: 0 },
    ...{ learningRateSchedule: 'constant', weightDecaySchedule: 'constant' },
    ...{ dropoutSchedule: 'constant', groups: {}, named: {}, clipNorm: null, emaDecay: null },
    ...{ batchSize, epochs: Number.MAX_SAFE_INTEGER, patience: null, ties: 'first' },
  };
}

/** What tfjs users call. */
function prepareFit(tf: Tfjs, one: MlpCase): TrainEpoch {
  const { width, batchSize, classCount } = one;
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: width, activation: 'relu', inputShape: [mlpInputs] }));
  model.add(tf.layers.dense({ units: width, activation: 'relu' }));
  const activation = classCount === null ? 'linear' : 'softmax';
  model.add(tf.layers.dense({ units: classCount ?? 1, activation }));
  const loss = classCount === null ? 'meanSquaredError' : 'categoricalCrossentropy';
  model.compile({ optimizer: tf.train.adam(mlpLearningRate), loss });
  const data = createMlpData(one);
  const x = tf.tensor2d(data.x, [mlpRows, mlpInputs]);
  const y = tf.tensor2d(data.y, [mlpRows, classCount ?? 1]);
  return async () => {
    const { history } = await model.fit(x, y, { batchSize, epochs: 1, verbose: 0 });
    return { steps: Math.ceil(mlpRows / batchSize), loss: Number(history.loss?.[0]) };
  };
}
