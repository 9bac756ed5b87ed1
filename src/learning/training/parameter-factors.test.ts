import { expect, test } from 'vitest';
import { layoutNetwork } from '../network/parameter-layout.js';
import { spreadFactors } from './parameter-factors.js';
import { createPlan, sampleNetworks } from './testdata/sample-networks.js';

const network = sampleNetworks.realmlp;

test('a factor by name goes before one by role, and decoupled decay takes both', () => {
  const factors = spreadFactors(
    createPlan(network, {
      groups: { weight: { learningRate: 0.5 }, bias: { learningRate: 0.1, weightDecay: 0 } },
      named: { 'layers.1.weight': { learningRate: 2, weightDecay: 3 } },
    }),
  );
  const at = (name: string, of: keyof typeof factors): number | undefined => {
    const slot = layoutNetwork(network).parameters.find((found) => found.name === name);
    return slot === undefined ? undefined : factors[of]?.[slot.offset + slot.length - 1];
  };
  expect(at('layers.1.weight', 'learningRate')).toBe(2);
  expect(at('layers.1.weight', 'decoupledDecay')).toBe(6);
  expect(at('layers.4.weight', 'learningRate')).toBe(0.5);
  expect(at('layers.4.weight', 'weightDecay')).toBe(1);
  expect(at('layers.4.bias', 'learningRate')).toBeCloseTo(0.1, 7);
  expect(at('layers.4.bias', 'weightDecay')).toBe(0);
  expect(at('layers.0.scale', 'learningRate')).toBe(1);
});

test('there are no factors where all are 1', () => {
  const factors = spreadFactors(createPlan(network, { groups: { bias: { weightDecay: 0 } } }));
  expect(factors.learningRate).toBeNull();
  expect(factors.weightDecay).not.toBeNull();
});
