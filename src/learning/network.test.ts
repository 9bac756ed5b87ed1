import { expect, test } from 'vitest';
import { outputWidth, parseNetworkSpec } from './network.js';

const network = {
  inputWidth: 4,
  layers: [
    { kind: 'dense', units: 8, activation: 'relu' },
    { kind: 'dropout', rate: 0.1 },
    { kind: 'dense', units: 3, activation: 'softmax' },
  ],
};

test('a network survives the way through JSON', () => {
  expect(parseNetworkSpec(JSON.parse(JSON.stringify(network)))).toEqual(network);
});

test('the output width is that of the last dense layer', () => {
  expect(outputWidth(parseNetworkSpec(network))).toBe(3);
});

test.each([
  ['no object', null],
  ['a width of zero', { ...network, inputWidth: 0 }],
  ['no layers', { ...network, layers: [] }],
  ['a relu output', { ...network, layers: network.layers.slice(0, 1) }],
  ['softmax in the middle', { ...network, layers: [network.layers[2], network.layers[2]] }],
  ['an unknown activation', { ...network, layers: [{ ...network.layers[0], activation: 'cube' }] }],
  ['a fraction of a unit', { ...network, layers: [{ ...network.layers[0], units: 1.5 }] }],
  [
    'a dropout rate of 1',
    { ...network, layers: [{ kind: 'dropout', rate: 1 }, network.layers[2]] },
  ],
  ['an unknown layer', { ...network, layers: [{ kind: 'conv' }] }],
])('a network with %s is refused', (_, value) => {
  expect(() => parseNetworkSpec(value)).toThrow(expect.objectContaining({ code: 'model-invalid' }));
});
