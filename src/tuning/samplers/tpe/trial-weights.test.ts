import { expect, it } from 'vitest';
import { trialWeights } from './trial-weights.js';

it('weighs up to 25 trials and the prior alike', () => {
  expect([...trialWeights(0)]).toEqual([1]);
  expect([...trialWeights(3)]).toEqual([0.25, 0.25, 0.25, 0.25]);
  expect(new Set(trialWeights(25)).size).toBe(1);
});

it('lets the weights of older trials rise from a small one to that of the newest', () => {
  const weights = trialWeights(28);
  const full = weights[28] ?? 0;
  expect([...weights.slice(0, 4)].map((weight) => weight / full)).toEqual([
    expect.closeTo(1 / 28, 14),
    expect.closeTo((1 + 1 / 28) / 2, 14),
    expect.closeTo(1, 14),
    expect.closeTo(1, 14),
  ]);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 14);
});

it('weighs the oldest of 26 trials least', () => {
  const weights = trialWeights(26);
  expect((weights[0] ?? 0) / (weights[1] ?? 0)).toBeCloseTo(1 / 26, 14);
});
