import { expect, test } from 'vitest';
import type { NetworkSpec } from './network.js';
import { countParameters, layoutParameters } from './parameter-layout.js';

const network: NetworkSpec = {
  inputWidth: 3,
  layers: [
    { kind: 'dense', units: 5, activation: 'relu' },
    { kind: 'dropout', rate: 0.5 },
    { kind: 'dense', units: 2, activation: 'softmax' },
  ],
};

test('weights and biases follow each other without gaps, dropout has none', () => {
  const slots = layoutParameters(network).flatMap(({ weight, bias }) => [weight, bias]);
  expect(slots).toEqual([
    { name: 'layers.0.weight', shape: [3, 5], offset: 0, length: 15 },
    { name: 'layers.0.bias', shape: [5], offset: 15, length: 5 },
    { name: 'layers.1.weight', shape: [5, 2], offset: 20, length: 10 },
    { name: 'layers.1.bias', shape: [2], offset: 30, length: 2 },
  ]);
  expect(countParameters(network)).toBe(32);
});
