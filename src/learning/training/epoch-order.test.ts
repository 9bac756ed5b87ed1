import { expect, test } from 'vitest';
import { drawRowOrder, shapeEpoch } from './epoch-order.js';

test('the order of an epoch holds each row once', () => {
  const order = drawRowOrder(1_000, 3, 1);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
});

test('orders depend on seed and epoch and on nothing else', () => {
  expect(drawRowOrder(50, 3, 2)).toEqual(drawRowOrder(50, 3, 2));
  expect(drawRowOrder(50, 3, 2)).not.toEqual(drawRowOrder(50, 3, 3));
  expect(drawRowOrder(50, 3, 2)).not.toEqual(drawRowOrder(50, 4, 2));
});

test('an epoch has whole batches only, and at least one', () => {
  expect(shapeEpoch(1_000, 256)).toEqual({ batchSize: 256, steps: 3 });
  expect(shapeEpoch(512, 256)).toEqual({ batchSize: 256, steps: 2 });
  expect(shapeEpoch(100, 256)).toEqual({ batchSize: 100, steps: 1 });
});
