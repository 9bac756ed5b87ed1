import fc from 'fast-check';
import { beforeAll, expect, test, vi } from 'vitest';
import { createRandomStream } from '../contract/random-stream.js';
import { loadBackend } from './load-backend.js';
import type { NetworkSpec } from './network.js';
import { toNetworkWeights } from './network-weights.js';
import { countParameters } from './parameter-layout.js';
import { predictBatch } from './predict-network.js';

const classifier: NetworkSpec = {
  inputWidth: 5,
  layers: [
    { kind: 'dense', units: 16, activation: 'relu' },
    { kind: 'dropout', rate: 0.5 },
    { kind: 'dense', units: 7, activation: 'relu' },
    { kind: 'dense', units: 3, activation: 'softmax' },
  ],
};
const regressor: NetworkSpec = {
  inputWidth: 5,
  layers: [
    { kind: 'dense', units: 64, activation: 'relu' },
    { kind: 'dense', units: 64, activation: 'relu' },
    { kind: 'dense', units: 1, activation: 'linear' },
  ],
};

// TensorFlow greets on stderr unless told not to before it is loaded.
beforeAll(() => {
  vi.stubEnv('TF_CPP_MIN_LOG_LEVEL', '3');
  vi.stubEnv('TF_ENABLE_ONEDNN_OPTS', '0');
});

function drawNumbers(length: number, seed: number): Float32Array {
  const random = createRandomStream(seed, 0);
  return Float32Array.from({ length }, () => 4 * random() - 2);
}

function drawWeights(network: NetworkSpec) {
  // About as large as trained ones, so that rounding is compared at realistic sizes.
  const parameters = drawNumbers(countParameters(network), 1).map((value) => value / 4);
  return toNetworkWeights(network, parameters);
}

test('a network answers as worked out by hand', () => {
  const network: NetworkSpec = {
    inputWidth: 2,
    layers: [
      { kind: 'dense', units: 2, activation: 'relu' },
      { kind: 'dense', units: 1, activation: 'linear' },
    ],
  };
  const weights = [
    { weight: Float32Array.of(1, -1, 2, 1), bias: Float32Array.of(0.5, 0) },
    { weight: Float32Array.of(3, 10), bias: Float32Array.of(-1) },
  ];
  // Hidden (1, 2): 1 + 4 + 0.5 = 5.5 and -1 + 2 = 1; hidden (2, 0): 2.5 and relu(-2) = 0.
  expect(predictBatch({ network }, weights, Float32Array.of(1, 2, 2, 0))).toEqual(
    Float32Array.of(3 * 5.5 + 10 - 1, 3 * 2.5 - 1),
  );
});

test('softmax stays finite for huge logits and sums to one', () => {
  const network: NetworkSpec = {
    inputWidth: 1,
    layers: [{ kind: 'dense', units: 2, activation: 'softmax' }],
  };
  const weights = [{ weight: Float32Array.of(1e30, 0), bias: Float32Array.of(0, 0) }];
  expect(predictBatch({ network }, weights, Float32Array.of(1, -1))).toEqual(
    Float32Array.of(1, 0, 0, 1),
  );
});

test('a row alone gets the same bits as among others', () => {
  const rows = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(rows, fc.integer(), fc.constantFrom(classifier, regressor), (n, seed, network) => {
      const weights = drawWeights(network);
      const x = drawNumbers(n * network.inputWidth, seed);
      const together = predictBatch({ network }, weights, x);
      const width = together.length / n;
      for (let row = 0; row < n; row += 1) {
        const own = x.slice(row * network.inputWidth, (row + 1) * network.inputWidth);
        expect(predictBatch({ network }, weights, own)).toEqual(
          together.slice(row * width, (row + 1) * width),
        );
      }
    }),
  );
});

test.each([
  ['classifier', classifier],
  ['regressor', regressor],
])('a %s answers as TensorFlow does', async (_, network) => {
  const { tf } = await loadBackend('tensorflow');
  const weights = drawWeights(network);
  const rows = 100;
  const x = drawNumbers(rows * network.inputWidth, 7);
  const model = tf.sequential();
  for (const [index, layer] of network.layers.entries()) {
    const shape = index === 0 ? { inputShape: [network.inputWidth] } : {};
    if (layer.kind === 'dense') {
      model.add(tf.layers.dense({ units: layer.units, activation: layer.activation, ...shape }));
    } else {
      model.add(tf.layers.dropout({ rate: layer.rate, ...shape }));
    }
  }
  const shapes = model.getWeights().map((weight) => weight.shape);
  const flat = weights.flatMap(({ weight, bias }) => [weight, bias]);
  model.setWeights(flat.map((values, i) => tf.tensor(values, shapes[i])));
  const expected = (
    model.predict(tf.tensor2d(x, [rows, network.inputWidth])) as { dataSync(): ArrayLike<number> }
  ).dataSync();

  const found = predictBatch({ network }, weights, x);
  expect(found).toHaveLength(expected.length);
  const worst = found.reduce((most, value, i) => {
    const y = expected[i] as number;
    return Math.max(most, Math.abs(value - y) / (1 + Math.abs(y)));
  }, 0);
  expect(worst).toBeLessThan(1e-5);
});

test('a batch that is no whole number of rows is refused', () => {
  expect(() =>
    predictBatch({ network: regressor }, drawWeights(regressor), new Float32Array(6)),
  ).toThrow(expect.objectContaining({ code: 'model-invalid' }));
});
