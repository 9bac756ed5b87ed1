import { expect, test } from 'vitest';
import { decodeSafetensors, encodeSafetensors, type Tensor } from '../../artifacts/safetensors.js';
import type { NetworkSpec } from './network.js';
import { fromNetworkTensors, toNetworkTensors } from './network-tensors.js';
import { drawNumbers, sampleNetworks } from './testdata/sample-networks.js';

const network = sampleNetworks.realmlp as NetworkSpec;
const numbers = drawNumbers(network, 1);
const tensors = toNetworkTensors(network, numbers);

test.each(Object.entries(sampleNetworks))(
  'the numbers of %s survive a file to the bit',
  (_, spec) => {
    const own = drawNumbers(spec, 2);
    const bytes = encodeSafetensors(toNetworkTensors(spec, own));
    expect(fromNetworkTensors(spec, decodeSafetensors(bytes).tensors)).toEqual(own);
  },
);

test.each<[string, Record<string, Tensor | undefined>, string]>([
  ['that lack one', { 'layers.0.scale': undefined }, 'layers.0.scale is missing'],
  [
    'of another shape',
    { 'layers.0.scale': { dtype: 'F32', shape: [2], data: new Float32Array(2) } },
    'layers.0.scale is F32 of shape [2]',
  ],
  [
    'of another type',
    { 'layers.5.bias': { dtype: 'F64', shape: [1], data: new Float64Array(1) } },
    'layers.5.bias is F64',
  ],
  [
    'that are not finite',
    { 'layers.5.bias': { dtype: 'F32', shape: [1], data: Float32Array.of(Number.NaN) } },
    'not finite',
  ],
  [
    'that nothing takes',
    { other: { dtype: 'F32', shape: [1], data: new Float32Array(1) } },
    '1 tensors of it belong to no layer',
  ],
])('tensors %s are refused', (_, changes, message) => {
  const changed = Object.fromEntries(
    Object.entries({ ...tensors, ...changes }).flatMap(([name, tensor]) =>
      tensor === undefined ? [] : [[name, tensor] as const],
    ),
  );
  expect(() => fromNetworkTensors(network, changed)).toThrow(
    expect.objectContaining({
      code: 'model-invalid',
      message: expect.stringContaining(message),
    }),
  );
});
