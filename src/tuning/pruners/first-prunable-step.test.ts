import { expect, test } from 'vitest';
import { modelNames } from '../../contract/model-names.js';
import { firstPrunableStep } from './first-prunable-step.js';

test('no training is judged in the first quarter of its epochs', () => {
  const steps = modelNames.map((model) => firstPrunableStep(model, 256) ?? 256);
  expect(Math.min(...steps)).toBe(64);
});

test('where the learning rate falls to nothing, settings are told apart late', () => {
  expect(firstPrunableStep('mlp', 40)).toBe(30);
});

test('where the learning rate goes in waves, the first half says nothing', () => {
  expect(firstPrunableStep('realmlp', 64)).toBe(32);
  expect(firstPrunableStep('realmlp-td', 255)).toBe(128);
});

test('a model that learns without epochs is never stopped by them', () => {
  expect(firstPrunableStep('linear', 100)).toBe(null);
});

test('a training of few epochs ends its first one at least', () => {
  expect(firstPrunableStep('lightgbm', 3)).toBe(1);
});
