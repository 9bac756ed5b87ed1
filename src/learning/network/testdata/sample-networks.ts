import { createRandomStream } from '../../../contract/random-stream.js';
import type { ActivationName, InputEncoder, Layer, NetworkSpec } from '../network.js';
import type { NetworkNumbers } from '../network-tensors.js';
import { layoutNetwork } from '../parameter-layout.js';

const dense = (units: number, parameterization: 'standard' | 'ntk' = 'standard'): Layer => ({
  kind: 'dense',
  units,
  parameterization,
});
const activation = (name: ActivationName, parametric = false): Layer => ({
  kind: 'activation',
  activation: name,
  parametric,
});

/** Features 0 to 3 are numbers, 4 and 5 binaries, 6 and 7 indexes below 5 and 12. */
export const sampleWidth = 8;

function encoder(overrides: Partial<InputEncoder>): InputEncoder {
  return {
    numbers: [0, 1, 2, 3],
    numberEncoding: { kind: 'plain' },
    binaries: [4, 5],
    indexes: [],
    robustClip: false,
    ...overrides,
  };
}

const indexes = [
  { position: 6, cardinality: 5, size: 3 },
  { position: 7, cardinality: 12, size: 8 },
];

/** One network of each family's form, and one with everything else. */
export const sampleNetworks: Readonly<Record<string, NetworkSpec>> = {
  mlp: {
    inputWidth: sampleWidth,
    encoder: encoder({ numbers: [0, 1, 2, 3, 4, 5, 6, 7], binaries: [] }),
    layers: [dense(16), activation('relu'), { kind: 'dropout', rate: 0.5 }, dense(3)],
    output: 'softmax',
  },
  realmlp: {
    inputWidth: sampleWidth,
    encoder: encoder({
      numberEncoding: { kind: 'periodic', frequencies: 16, size: 3 },
      indexes,
      robustClip: true,
    }),
    layers: [
      { kind: 'scale' },
      dense(24, 'ntk'),
      activation('mish', true),
      dense(24, 'ntk'),
      activation('selu', true),
      dense(1, 'ntk'),
    ],
    output: 'linear',
  },
  tabm: {
    inputWidth: sampleWidth,
    encoder: encoder({
      numberEncoding: { kind: 'piecewise-linear', bins: [3, 1, 8, 2], size: 6 },
    }),
    layers: [
      { kind: 'members', count: 4 },
      dense(16),
      activation('relu'),
      { kind: 'dropout', rate: 0.1 },
      { kind: 'member-heads', units: 3 },
    ],
    output: 'softmax',
  },
  normed: {
    inputWidth: sampleWidth,
    encoder: encoder({ indexes }),
    layers: [
      { kind: 'members', count: 3 },
      dense(12),
      { kind: 'batch-norm', momentum: 0.9, epsilon: 1e-3 },
      activation('gelu'),
      dense(12),
      { kind: 'layer-norm', epsilon: 1e-5 },
      activation('tanh', true),
      { kind: 'scale' },
      { kind: 'member-heads', units: 1 },
    ],
    output: 'sigmoid',
  },
};

/** Numbers about as large as trained ones; edges ascend and variances are positive. */
export function drawNumbers(network: NetworkSpec, seed: number): NetworkNumbers {
  const layout = layoutNetwork(network);
  const random = createRandomStream(seed, 0);
  const draw = (length: number) => Float32Array.from({ length }, () => 1.2 * random() - 0.6);
  const buffers = draw(layout.bufferCount);
  for (const { name, offset, length } of layout.buffers) {
    const values = buffers.subarray(offset, offset + length);
    if (name.endsWith('.variance') || name.endsWith('.factor')) {
      values.set(values.map((value) => 0.2 + Math.abs(value)));
    }
  }
  sortEdges(network, buffers);
  return { parameters: draw(layout.parameterCount), buffers };
}

function sortEdges(network: NetworkSpec, buffers: Float32Array): void {
  const { numberEncoding: encoding } = network.encoder;
  const slot = layoutNetwork(network).buffers.find(({ name }) => name === 'encoder.edges');
  if (encoding.kind !== 'piecewise-linear' || slot === undefined) return;
  let start = slot.offset;
  for (const bins of encoding.bins) {
    // Far enough apart that rounding does not matter.
    for (let t = 0; t <= bins; t += 1) buffers[start + t] = (t - bins / 2) * 0.7;
    start += bins + 1;
  }
}

/** Rows of features of every kind. */
export function drawRows(rowCount: number, seed: number): Float32Array {
  const random = createRandomStream(seed, 1);
  const draws: readonly (() => number)[] = [
    ...Array.from({ length: 4 }, () => () => 4 * random() - 2),
    () => Math.floor(2 * random()),
    () => Math.floor(3 * random()) - 1,
    () => Math.floor(5 * random()),
    () => Math.floor(12 * random()),
  ];
  return Float32Array.from(
    Array.from({ length: rowCount }, () => draws.map((draw) => draw())).flat(),
  );
}
