import { expect, test } from 'vitest';
import { computeEpochRates } from './epoch-rates.js';
import { shareAt } from './schedules.js';
import { createPlan, sampleNetworks } from './testdata/sample-networks.js';

const plan = createPlan(sampleNetworks.mlp, {
  learningRate: 0.2,
  learningRateSchedule: 'coslog4',
  weightDecay: 0.02,
  weightDecaySchedule: 'flat-cosine',
  dropoutSchedule: 'flat-cosine',
  epochs: 4,
});

test('rates follow the progress over all steps of all epochs', () => {
  const rates = computeEpochRates(plan, { epoch: 3, stepsPerEpoch: 5, objectives: [] });
  const progress = [10, 11, 12, 13, 14].map((step) => (step + 0.5) / 20);
  const expected = (full: number, name: 'coslog4' | 'flat-cosine') =>
    Float32Array.from(progress, (t) => full * shareAt(name, t));
  expect(rates).toEqual({
    learningRate: expected(0.2, 'coslog4'),
    weightDecay: expected(0.02, 'flat-cosine'),
    dropout: expected(1, 'flat-cosine'),
  });
});

test('a plateau halves the rate for the epochs that follow', () => {
  const waiting = { ...plan, learningRateSchedule: 'plateau', plateauPatience: 1 } as const;
  const position = { epoch: 3, stepsPerEpoch: 2, objectives: [1, 2] };
  expect(computeEpochRates(waiting, position).learningRate).toEqual(Float32Array.of(0.1, 0.1));
});

test('a training of one step learns', () => {
  const single = { ...plan, epochs: 1 };
  const position = { epoch: 1, stepsPerEpoch: 1, objectives: [] };
  expect(computeEpochRates(single, position).learningRate[0]).toBeGreaterThan(0);
});
