import fc from 'fast-check';
import { beforeAll, expect, test, vi } from 'vitest';
import { loadBackend } from '../backend/load-backend.js';
import { createAnswer } from '../training/answer-program.js';
import { TfjsOps } from '../training/tfjs-ops.js';
import type { NetworkSpec } from './network.js';
import { toNetworkTensors } from './network-tensors.js';
import { createNetworkPredictor } from './predict-network.js';
import { drawNumbers, drawRows, sampleNetworks } from './testdata/sample-networks.js';

// TensorFlow greets on stderr unless told not to before it is loaded.
beforeAll(() => {
  vi.stubEnv('TF_CPP_MIN_LOG_LEVEL', '3');
  vi.stubEnv('TF_ENABLE_ONEDNN_OPTS', '0');
});

const names = Object.keys(sampleNetworks);
const networkOf = (name: string) => sampleNetworks[name] as NetworkSpec;

function createPredictor(network: NetworkSpec, seed = 1) {
  return createNetworkPredictor(network, toNetworkTensors(network, drawNumbers(network, seed)));
}

const plain = (inputWidth: number): NetworkSpec['encoder'] => ({
  numbers: Array.from({ length: inputWidth }, (_, position) => position),
  numberEncoding: { kind: 'plain' },
  binaries: [],
  indexes: [],
  robustClip: false,
});

test('a network answers as worked out by hand', () => {
  const network: NetworkSpec = {
    inputWidth: 2,
    encoder: plain(2),
    layers: [
      { kind: 'dense', units: 2, parameterization: 'standard' },
      { kind: 'activation', activation: 'relu', parametric: false },
      { kind: 'dense', units: 1, parameterization: 'standard' },
    ],
    output: 'linear',
  };
  const parameters = Float32Array.of(1, -1, 2, 1, 0.5, 0, 3, 10, -1);
  const tensors = toNetworkTensors(network, { parameters, buffers: new Float32Array() });
  // Hidden (1, 2): 1 + 4 + 0.5 = 5.5 and -1 + 2 = 1; hidden (2, 0): 2.5 and relu(-2) = 0.
  expect(createNetworkPredictor(network, tensors).answer(Float32Array.of(1, 2, 2, 0))).toEqual(
    Float32Array.of(3 * 5.5 + 10 - 1, 3 * 2.5 - 1),
  );
});

test('softmax stays finite for huge logits and sums to one', () => {
  const network: NetworkSpec = {
    inputWidth: 1,
    encoder: plain(1),
    layers: [{ kind: 'dense', units: 2, parameterization: 'standard' }],
    output: 'softmax',
  };
  const parameters = Float32Array.of(1e30, 0, 0, 0);
  const tensors = toNetworkTensors(network, { parameters, buffers: new Float32Array() });
  expect(createNetworkPredictor(network, tensors).answer(Float32Array.of(1, -1))).toEqual(
    Float32Array.of(1, 0, 0, 1),
  );
});

test.each(names)('%s: a row alone gets the same bits as among others', (name) => {
  const network = networkOf(name);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer(), (rowCount, seed) => {
      const predictor = createPredictor(network);
      const x = drawRows(rowCount, seed);
      const together = predictor.answer(x);
      const { outputs, inputWidth } = predictor;
      for (let row = 0; row < rowCount; row += 1) {
        const own = x.slice(row * inputWidth, (row + 1) * inputWidth);
        expect(predictor.answer(own)).toEqual(together.slice(row * outputs, (row + 1) * outputs));
      }
    }),
    { numRuns: 20 },
  );
});

test.each(names)('%s: the answers are those of TensorFlow', async (name) => {
  const { tf } = await loadBackend('tensorflow');
  const network = networkOf(name);
  const rows = 200;
  const x = drawRows(rows, 7);
  const { parameters, buffers } = drawNumbers(network, 1);
  const expected = tf.tidy(() =>
    createAnswer(new TfjsOps(tf), network)(
      tf.tensor1d(parameters),
      buffers.length === 0 ? tf.tensor1d([0]) : tf.tensor1d(buffers),
      tf.tensor2d(x, [rows, network.inputWidth]),
    ).dataSync(),
  );
  const found = createPredictor(network).answer(x);
  expect(found).toHaveLength(expected.length);
  const worst = found.reduce((most, value, i) => {
    const y = expected[i] as number;
    return Math.max(most, Math.abs(value - y) / (1 + Math.abs(y)));
  }, 0);
  expect(worst).toBeLessThan(1e-5);
});

test('members that are all the same answer as one network does', () => {
  const single = networkOf('mlp');
  const { parameters } = drawNumbers(single, 3);
  const [hidden, head] = [parameters.subarray(0, 8 * 16 + 16), parameters.subarray(8 * 16 + 16)];
  const count = 5;
  const network: NetworkSpec = {
    ...single,
    layers: [
      { kind: 'members', count },
      ...single.layers.slice(0, -1),
      { kind: 'member-heads', units: 3 },
    ],
  };
  const copies = (values: Float32Array) => Array.from({ length: count }, () => [...values]).flat();
  const members = Float32Array.from([
    ...new Array<number>(count * 8).fill(1),
    ...hidden,
    ...copies(head.subarray(0, 16 * 3)),
    ...copies(head.subarray(16 * 3)),
  ]);
  const x = drawRows(50, 5);
  const buffers = new Float32Array();
  const answersOf = (spec: NetworkSpec, values: Float32Array) =>
    createNetworkPredictor(spec, toNetworkTensors(spec, { parameters: values, buffers })).answer(x);
  const one = answersOf(single, parameters);
  const worst = answersOf(network, members).map((value, i) => Math.abs(value - (one[i] as number)));
  expect(Math.max(...worst)).toBeLessThan(1e-7);
});

test('rows that do not fit are refused', () => {
  const refused = expect.objectContaining({ code: 'model-invalid' });
  expect(() => createPredictor(networkOf('mlp')).answer(new Float32Array(9))).toThrow(refused);
  const unknown = drawRows(1, 1);
  unknown[7] = 12;
  expect(() => createPredictor(networkOf('realmlp')).answer(unknown)).toThrow(refused);
});
