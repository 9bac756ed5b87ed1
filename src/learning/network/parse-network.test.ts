import { expect, test } from 'vitest';
import type { NetworkSpec } from './network.js';
import { parseNetworkSpec } from './parse-network.js';
import { sampleNetworks } from './testdata/sample-networks.js';

test.each(Object.entries(sampleNetworks))('%s survives the way through JSON', (_, network) => {
  expect(parseNetworkSpec(JSON.parse(JSON.stringify(network)))).toEqual(network);
});

const tabm = sampleNetworks.tabm as NetworkSpec;
const [members, dense, ...rest] = tabm.layers;
const { encoder } = tabm;

test.each([
  ['no object', null, 'it is not an object'],
  ['a width of zero', { ...tabm, inputWidth: 0 }, 'inputWidth'],
  ['no encoder', { ...tabm, encoder: undefined }, 'encoder is not an object'],
  ['a feature beyond the row', { ...tabm, inputWidth: 3 }, 'feature 3 of rows of 3'],
  [
    'no feature',
    { ...tabm, encoder: { ...encoder, numbers: [], binaries: [] } },
    'takes no feature',
  ],
  [
    'bins of another number',
    { ...tabm, encoder: { ...encoder, numbers: [0] } },
    'bins for 4 of 1 numbers',
  ],
  ['no layers', { ...tabm, layers: [] }, 'last layer'],
  ['members without heads', { ...tabm, layers: [members, dense] }, 'do not end in'],
  ['heads without members', { ...tabm, layers: tabm.layers.slice(1) }, 'do not end in'],
  ['members twice', { ...tabm, layers: [members, ...tabm.layers] }, 'more than one members'],
  ['an activation at its end', { ...tabm, layers: rest.slice(0, 1) }, 'last layer'],
  [
    'an unknown activation',
    { ...tabm, layers: [{ kind: 'activation', activation: 'cube', parametric: false }] },
    'layers[0].activation is not one of',
  ],
  [
    'a fraction of a unit',
    { ...tabm, layers: [{ ...dense, units: 1.5 }] },
    'layers[0].units is not a whole number',
  ],
  [
    'a dropout rate of 1',
    { ...tabm, layers: [{ kind: 'dropout', rate: 1 }] },
    'layers[0].rate is not a number from 0 to below 1',
  ],
  ['an unknown layer', { ...tabm, layers: [{ kind: 'conv' }] }, 'layers[0].kind'],
  ['an unknown output', { ...tabm, output: 'relu' }, 'output is not one of'],
  ['a sigmoid of three units', { ...tabm, output: 'sigmoid' }, 'has 3 units'],
])('a network with %s is refused', (_, value, message) => {
  expect(() => parseNetworkSpec(value)).toThrow(
    expect.objectContaining({
      code: 'model-invalid',
      message: expect.stringContaining(message),
    }),
  );
});
