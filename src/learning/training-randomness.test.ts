import { expect, test } from 'vitest';
import type { NetworkSpec } from './network.js';
import {
  createDropoutStream,
  drawDropoutMask,
  drawInitialParameters,
  drawRowOrder,
} from './training-randomness.js';

const network: NetworkSpec = {
  inputWidth: 6,
  layers: [
    { kind: 'dense', units: 100, activation: 'relu' },
    { kind: 'dense', units: 2, activation: 'softmax' },
  ],
};

test('the order of an epoch holds each row once', () => {
  const order = drawRowOrder(1_000, 3, 1);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
});

test('orders depend on seed and epoch and on nothing else', () => {
  expect(drawRowOrder(50, 3, 2)).toEqual(drawRowOrder(50, 3, 2));
  expect(drawRowOrder(50, 3, 2)).not.toEqual(drawRowOrder(50, 3, 3));
  expect(drawRowOrder(50, 3, 2)).not.toEqual(drawRowOrder(50, 4, 2));
});

test('initial weights fill their bounds and biases are zero', () => {
  const parameters = drawInitialParameters(network, 0);
  const hidden = parameters.slice(0, 600);
  expect(Math.max(...hidden)).toBeLessThanOrEqual(1);
  expect(Math.max(...hidden)).toBeGreaterThan(0.95);
  expect(Math.min(...hidden)).toBeLessThan(-0.95);
  expect(parameters.slice(600, 700)).toEqual(new Float32Array(100));
  expect(Math.max(...parameters.slice(700, 900))).toBeLessThanOrEqual(0.05);
});

test('a dropout mask keeps the expected share and the mean', () => {
  const mask = drawDropoutMask(100_000, 0.2, createDropoutStream(1, 1));
  const kept = mask.filter((value) => value > 0);
  expect(kept.length / mask.length).toBeCloseTo(0.8, 2);
  expect(new Set(kept)).toEqual(new Set([Math.fround(1.25)]));
});

test('dropout masks differ between batches and between epochs', () => {
  const random = createDropoutStream(1, 1);
  const first = drawDropoutMask(100, 0.5, random);
  expect(drawDropoutMask(100, 0.5, random)).not.toEqual(first);
  expect(drawDropoutMask(100, 0.5, createDropoutStream(1, 2))).not.toEqual(first);
  expect(drawDropoutMask(100, 0.5, createDropoutStream(1, 1))).toEqual(first);
});
