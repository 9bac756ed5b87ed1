import { expect, test } from 'vitest';
import { encodeSafetensors } from '../artifacts/safetensors.js';
import type { NetworkSpec } from './network.js';
import {
  decodeNetworkWeights,
  encodeNetworkWeights,
  type NetworkWeights,
  toNetworkWeights,
} from './network-weights.js';

const network: NetworkSpec = {
  inputWidth: 2,
  layers: [{ kind: 'dense', units: 3, activation: 'linear' }],
};
const weights = toNetworkWeights(network, Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9));

function refusal(act: () => NetworkWeights): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

test('the flat vector is cut into weight and bias', () => {
  expect(weights).toEqual([
    { weight: Float32Array.of(1, 2, 3, 4, 5, 6), bias: Float32Array.of(7, 8, 9) },
  ]);
});

test('weights survive encoding to the bit, and equal weights give equal bytes', () => {
  const bytes = encodeNetworkWeights(network, weights);
  expect(decodeNetworkWeights(network, bytes)).toEqual(weights);
  expect(encodeNetworkWeights(network, weights)).toEqual(bytes);
});

test.each([
  [
    'of a narrower network',
    { ...network, inputWidth: 1 },
    'layers.0.weight is F32 of shape [2, 3]',
  ],
  [
    'of a deeper network',
    { ...network, layers: [...network.layers, ...network.layers] },
    'layers.1.weight is missing',
  ],
  ['of a network without layers', { ...network, layers: [] }, '2 tensors of it belong to no layer'],
])('weights are refused as those %s', (_, other, message) => {
  const bytes = encodeNetworkWeights(network, weights);
  expect(refusal(() => decodeNetworkWeights(other, bytes))).toMatchObject({
    code: 'model-invalid',
    message: expect.stringContaining(message),
  });
});

test('weights that are not finite are refused', () => {
  const broken = toNetworkWeights(network, new Float32Array(9).fill(Number.NaN));
  const bytes = encodeNetworkWeights(network, broken);
  expect(refusal(() => decodeNetworkWeights(network, bytes))).toMatchObject({
    code: 'model-invalid',
    message: expect.stringContaining('not finite'),
  });
});

test('weights of another element type are refused', () => {
  const bytes = encodeSafetensors({
    'layers.0.weight': { dtype: 'F64', shape: [2, 3], data: new Float64Array(6) },
    'layers.0.bias': { dtype: 'F32', shape: [3], data: new Float32Array(3) },
  });
  expect(refusal(() => decodeNetworkWeights(network, bytes))).toMatchObject({
    code: 'model-invalid',
  });
});
