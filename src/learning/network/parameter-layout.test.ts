import { expect, test } from 'vitest';
import type { NetworkSpec } from './network.js';
import { layoutNetwork } from './parameter-layout.js';

const plain: NetworkSpec = {
  inputWidth: 3,
  encoder: {
    numbers: [0, 1, 2],
    numberEncoding: { kind: 'plain' },
    binaries: [],
    indexes: [],
    robustClip: false,
  },
  layers: [
    { kind: 'dense', units: 5, parameterization: 'standard' },
    { kind: 'activation', activation: 'relu', parametric: false },
    { kind: 'dropout', rate: 0.5 },
    { kind: 'dense', units: 2, parameterization: 'standard' },
  ],
  output: 'softmax',
};

const shapesOf = (slots: readonly { name: string; shape: readonly number[] }[]) =>
  Object.fromEntries(slots.map(({ name, shape }) => [name, shape.join(' ')]));

test('weights and biases follow each other without gaps, dropout has none', () => {
  expect(layoutNetwork(plain)).toEqual({
    parameters: [
      { name: 'layers.0.weight', role: 'weight', shape: [3, 5], offset: 0, length: 15 },
      { name: 'layers.0.bias', role: 'bias', shape: [5], offset: 15, length: 5 },
      { name: 'layers.3.weight', role: 'weight', shape: [5, 2], offset: 20, length: 10 },
      { name: 'layers.3.bias', role: 'bias', shape: [2], offset: 30, length: 2 },
    ],
    parameterCount: 32,
    buffers: [],
    bufferCount: 0,
  });
});

test('an encoder with waves, embeddings and robust clipping comes before the layers', () => {
  const layout = layoutNetwork({
    inputWidth: 5,
    encoder: {
      numbers: [1, 4],
      numberEncoding: { kind: 'periodic', frequencies: 16, size: 3 },
      binaries: [0],
      indexes: [
        { position: 2, cardinality: 12, size: 8 },
        { position: 3, cardinality: 9, size: 4 },
      ],
      robustClip: true,
    },
    layers: [
      { kind: 'scale' },
      { kind: 'dense', units: 7, parameterization: 'ntk' },
      { kind: 'activation', activation: 'mish', parametric: true },
      { kind: 'dense', units: 1, parameterization: 'ntk' },
    ],
    output: 'linear',
  });
  expect(shapesOf(layout.parameters)).toEqual({
    'encoder.frequencies': '2 16',
    'encoder.phases': '2 16',
    'encoder.weight': '2 16 3',
    'encoder.bias': '2 3',
    'encoder.embeddings.0': '12 8',
    'encoder.embeddings.1': '9 4',
    'layers.0.scale': '21',
    'layers.1.weight': '21 7',
    'layers.1.bias': '7',
    'layers.2.alpha': '7',
    'layers.3.weight': '7 1',
    'layers.3.bias': '1',
  });
  expect(shapesOf(layout.buffers)).toEqual({ 'encoder.center': '3', 'encoder.factor': '3' });
});

test('members have factors and heads of their own, and bins of all numbers lie in one array', () => {
  const layout = layoutNetwork({
    inputWidth: 2,
    encoder: {
      numbers: [0, 1],
      numberEncoding: { kind: 'piecewise-linear', bins: [4, 1], size: 6 },
      binaries: [],
      indexes: [],
      robustClip: false,
    },
    layers: [
      { kind: 'members', count: 8 },
      { kind: 'dense', units: 16, parameterization: 'standard' },
      { kind: 'batch-norm', momentum: 0.9, epsilon: 1e-5 },
      { kind: 'layer-norm', epsilon: 1e-5 },
      { kind: 'member-heads', units: 3 },
    ],
    output: 'softmax',
  });
  expect(shapesOf(layout.parameters)).toEqual({
    'encoder.weight': '2 6',
    'encoder.bias': '2 6',
    'encoder.bins': '5 6',
    'layers.0.factors': '8 12',
    'layers.1.weight': '12 16',
    'layers.1.bias': '16',
    'layers.2.gamma': '16',
    'layers.2.beta': '16',
    'layers.3.gamma': '16',
    'layers.3.beta': '16',
    'layers.4.weight': '8 16 3',
    'layers.4.bias': '8 3',
  });
  expect(shapesOf(layout.buffers)).toEqual({
    'encoder.edges': '7',
    'layers.2.mean': '16',
    'layers.2.variance': '16',
  });
});
