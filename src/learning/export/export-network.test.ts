import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadBackend } from '../backend/load-backend.js';
import type { NetworkSpec } from '../network/network.js';
import { toNetworkTensors } from '../network/network-tensors.js';
import { createNetworkPredictor } from '../network/predict-network.js';
import {
  drawNumbers,
  drawRows,
  sampleNetworks,
  sampleWidth,
} from '../network/testdata/sample-networks.js';
import { exportTfjs, findTfjsObstacle } from './export-tfjs.js';
import { exportOnnx } from './onnx/export-onnx.js';

let folder: string;
beforeAll(async () => {
  vi.stubEnv('TF_CPP_MIN_LOG_LEVEL', '3');
  vi.stubEnv('TF_ENABLE_ONEDNN_OPTS', '0');
  folder = await mkdtemp(join(tmpdir(), 'receta-export-'));
});
afterAll(() => rm(folder, { recursive: true }));

const rowCount = 150;
const x = drawRows(rowCount, 11);
const mlp = sampleNetworks.mlp as NetworkSpec;

const logistic: NetworkSpec = {
  ...mlp,
  layers: [{ kind: 'dense', units: 1, parameterization: 'standard' }],
  output: 'sigmoid',
};
const normed: NetworkSpec = {
  ...mlp,
  layers: [
    { kind: 'dense', units: 6, parameterization: 'ntk' },
    { kind: 'batch-norm', momentum: 0.9, epsilon: 1e-3 },
    { kind: 'activation', activation: 'selu', parametric: false },
    { kind: 'layer-norm', epsilon: 1e-4 },
    { kind: 'dense', units: 1, parameterization: 'standard' },
  ],
  output: 'linear',
};

function prepare(network: NetworkSpec) {
  const tensors = toNetworkTensors(network, drawNumbers(network, 4));
  return { tensors, own: createNetworkPredictor(network, tensors).answer(x) };
}

function worstDifference(found: ArrayLike<number>, own: Float32Array): number {
  expect(found).toHaveLength(own.length);
  return own.reduce((worst, y, index) => {
    const value = found[index] as number;
    return Math.max(worst, Math.abs(value - y) / (1 + Math.abs(y)));
  }, 0);
}

test.each([...Object.entries(sampleNetworks), ['logistic', logistic] as const])(
  'ONNX Runtime answers as the own predictor: %s',
  async (_, network) => {
    const { tensors, own } = prepare(network);
    const session = await InferenceSession.create(exportOnnx(network, tensors));
    const features = new Tensor('float32', x, [rowCount, sampleWidth]);
    const { answers } = await session.run({ features });
    expect(answers?.dims).toEqual([rowCount, own.length / rowCount]);
    expect(worstDifference(answers?.data as Float32Array, own)).toBeLessThan(1e-5);
    await session.release();
  },
);

test.each([
  ['mlp', mlp],
  ['logistic', logistic],
  ['normed', normed],
])('tfjs loads the folder and answers as the own predictor: %s', async (name, network) => {
  const { tf } = await loadBackend('tensorflow');
  const { tensors, own } = prepare(network);
  for (const { path, bytes } of exportTfjs(network, tensors)) {
    await writeFile(join(folder, path), bytes);
  }
  const model = await tf.loadLayersModel(`file://${folder}/model.json`);
  const answers = tf.tidy(() => {
    const predicted = model.predict(tf.tensor2d(x, [rowCount, sampleWidth]));
    return (predicted as { dataSync(): Float32Array }).dataSync();
  });
  expect(worstDifference(answers, own), name).toBeLessThan(1e-5);
  model.dispose();
});

test.each([
  ['mlp', null],
  ['realmlp', 'its periodic encoding is no layer there'],
  ['tabm', 'its piecewise-linear encoding is no layer there'],
  ['normed', 'its embeddings of some columns of a row are no layer there'],
])('what tfjs has no layer for is named: %s', (name, obstacle) => {
  expect(findTfjsObstacle(sampleNetworks[name] as NetworkSpec)).toBe(obstacle);
});
