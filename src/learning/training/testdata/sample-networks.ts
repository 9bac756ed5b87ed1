import { createRandomStream } from '../../../contract/random-stream.js';
import type { LossPlan } from '../../../contract/training-plan.js';
import type { InputEncoder, Layer, NetworkSpec } from '../../network/network.js';
import { layoutNetwork } from '../../network/parameter-layout.js';
import type { TrainingData } from '../../process/training-data.js';
import type { NetworkTrainingPlan } from '../network-training-plan.js';

const plainEncoder: InputEncoder = {
  numbers: [0, 1, 2, 3],
  numberEncoding: { kind: 'plain' },
  binaries: [4],
  indexes: [],
  robustClip: false,
};
const dense = (units: number, parameterization: 'standard' | 'ntk' = 'standard'): Layer => ({
  kind: 'dense',
  units,
  parameterization,
});
const activation = (
  name: 'relu' | 'selu' | 'mish' | 'gelu' | 'tanh',
  parametric = false,
): Layer => ({
  kind: 'activation',
  activation: name,
  parametric,
});
const dropout: Layer = { kind: 'dropout', rate: 0.3 };

/** Rows of five features, of which the last is an index below 5; between them every kind of encoder and layer. */
export const sampleNetworks = {
  mlp: {
    inputWidth: 5,
    encoder: plainEncoder,
    layers: [dense(7), activation('relu'), dropout, dense(6), activation('tanh'), dense(1)],
    output: 'linear',
  },
  norms: {
    inputWidth: 5,
    encoder: { ...plainEncoder, numbers: [2, 0], binaries: [1], robustClip: true },
    layers: [
      dense(6),
      activation('gelu'),
      // A bias right before a norm would have no slope.
      { kind: 'batch-norm', momentum: 0.9, epsilon: 1e-3 },
      dense(5),
      activation('selu'),
      { kind: 'layer-norm', epsilon: 1e-5 },
      dense(3),
    ],
    output: 'softmax',
  },
  realmlp: {
    inputWidth: 5,
    encoder: {
      numbers: [0, 2, 3],
      numberEncoding: { kind: 'periodic', frequencies: 4, size: 3 },
      binaries: [1],
      indexes: [{ position: 4, cardinality: 5, size: 2 }],
      robustClip: true,
    },
    layers: [
      { kind: 'scale' },
      dense(8, 'ntk'),
      activation('mish', true),
      dropout,
      dense(6, 'ntk'),
      activation('selu', true),
      dense(1, 'ntk'),
    ],
    output: 'sigmoid',
  },
  tabm: {
    inputWidth: 5,
    encoder: {
      numbers: [0, 1, 3],
      numberEncoding: { kind: 'piecewise-linear', bins: [3, 1, 4], size: 2 },
      binaries: [2],
      indexes: [{ position: 4, cardinality: 5, size: 3 }],
      robustClip: false,
    },
    layers: [
      { kind: 'members', count: 3 },
      dense(6),
      activation('relu'),
      dropout,
      dense(5),
      activation('relu'),
      { kind: 'member-heads', units: 3 },
    ],
    output: 'softmax',
  },
  'tabm of equal bins': {
    inputWidth: 5,
    encoder: {
      numbers: [0, 3],
      numberEncoding: { kind: 'piecewise-linear', bins: [3, 3], size: 2 },
      binaries: [],
      indexes: [],
      robustClip: false,
    },
    layers: [
      { kind: 'members', count: 2 },
      dense(4),
      activation('relu'),
      { kind: 'member-heads', units: 1 },
    ],
    output: 'linear',
  },
} as const satisfies Record<string, NetworkSpec>;

export type SampleNetworkName = keyof typeof sampleNetworks;

/** A plan that follows the bare gradient. */
export function createPlan(
  network: NetworkSpec,
  changes: Partial<NetworkTrainingPlan> = {},
): NetworkTrainingPlan {
  const loss: LossPlan =
    network.output === 'linear' ? { kind: 'squared' } : { kind: 'cross-entropy' };
  return {
    network,
    loss,
    labelSmoothing: 0,
    optimizer: { kind: 'sgd', momentum: 0 },
    learningRate: 0.05,
    learningRateSchedule: 'constant',
    plateauPatience: 3,
    weightDecay: 0,
    weightDecaySchedule: 'constant',
    dropoutSchedule: 'constant',
    groups: {},
    named: {},
    clipNorm: null,
    emaDecay: null,
    batchSize: 8,
    epochs: 4,
    patience: null,
    ties: 'first',
    ...changes,
  };
}

/** Numbers in [-1, 1) of a seed. */
export function drawNumbers(length: number, seed: number): Float32Array {
  const random = createRandomStream(seed, 0);
  return Float32Array.from({ length }, () => 2 * random() - 1);
}

/** Parameters in [-1, 1); buffers positive, edges of bins rising. */
export function drawNetworkNumbers(network: NetworkSpec, seed: number) {
  const layout = layoutNetwork(network);
  const buffers = drawNumbers(layout.bufferCount, seed + 1).map((value) => 0.6 + 0.4 * value);
  const edges = layout.buffers.find(({ name }) => name === 'encoder.edges');
  const { numberEncoding: encoding } = network.encoder;
  if (edges !== undefined && encoding.kind === 'piecewise-linear') {
    buffers.set(
      encoding.bins.flatMap((count) =>
        Array.from({ length: count + 1 }, (_, edge) => -0.8 + (1.6 * edge) / count),
      ),
      edges.offset,
    );
  }
  return { parameters: drawNumbers(layout.parameterCount, seed), buffers };
}

/** Rows for a sample network, with targets that depend on them. */
export function drawData(
  network: NetworkSpec,
  rowCount: number,
  { seed, isWeighted = false }: { readonly seed: number; readonly isWeighted?: boolean },
): TrainingData {
  const width = network.inputWidth;
  const x = drawNumbers(rowCount * width, seed);
  const isIndexed = network.encoder.indexes.length > 0;
  for (let row = 0; isIndexed && row < rowCount; row += 1) x[row * width + width - 1] = row % 5;
  const signal = (row: number): number =>
    (x[row * width] ?? 0) + Math.sin(3 * (x[row * width + 3] ?? 0));
  const classCount = { linear: null, sigmoid: 2, softmax: 3 }[network.output];
  const w = isWeighted ? drawNumbers(rowCount, seed + 2).map((value) => 1 + 0.9 * value) : null;
  const part = { rowCount, width, x, w, sha256: `${seed}` };
  if (classCount === null) {
    const y = Float32Array.from({ length: rowCount }, (_, row) => signal(row));
    return { ...part, y, classes: null };
  }
  const classes = Int32Array.from({ length: rowCount }, (_, row) =>
    Math.min(classCount - 1, Math.max(0, Math.floor((signal(row) + 1) * (classCount / 2)))),
  );
  const y = new Float32Array(rowCount * classCount);
  for (const [row, index] of classes.entries()) y[row * classCount + index] = 1;
  return { ...part, y, classes };
}
