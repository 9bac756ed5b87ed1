import { expect, test } from 'vitest';
import type { NetworkSpec } from '../network/network.js';
import { estimateRowCost } from './estimate-row-cost.js';

const vector = (length: number) =>
  ({ dtype: 'F32', shape: [length], data: new Float32Array(length) }) as const;
const encoder = {
  numbers: [0],
  numberEncoding: { kind: 'plain' },
  binaries: [],
  indexes: [],
  robustClip: false,
} as const;

test('each weight of a network is multiplied once for each of its members', () => {
  const head = { kind: 'dense', units: 1, parameterization: 'standard' } as const;
  const single: NetworkSpec = { inputWidth: 1, encoder, layers: [head], output: 'linear' };
  const tensors = { 'layers.0.weight': vector(30), 'layers.0.bias': vector(10) };
  expect(estimateRowCost({ kind: 'network', network: single }, tensors)).toBe(40);
  const several: NetworkSpec = { ...single, layers: [{ kind: 'members', count: 8 }, head] };
  expect(estimateRowCost({ kind: 'network', network: several }, tensors)).toBe(320);
});

test('trees cost by their number, however long their text is', () => {
  const trees = { inputWidth: 3, outputs: 3, answer: 'softmax', iterations: 100 } as const;
  const cost = estimateRowCost({ kind: 'trees', trees }, { trees: vector(1) });
  expect(estimateRowCost({ kind: 'trees', trees }, { trees: vector(9_999) })).toBe(cost);
  const binary = { ...trees, outputs: 2, answer: 'sigmoid' } as const;
  expect(estimateRowCost({ kind: 'trees', trees: binary }, {})).toBe(cost / 3);
});
