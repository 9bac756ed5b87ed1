import { expect, test } from 'vitest';
import type { NetworkSpec } from '../network/network.js';
import { answerChunkRows } from './answer-chunk-rows.js';
import { sampleNetworks } from './testdata/sample-networks.js';

test('the widest layer of all members bounds how many rows are answered together', () => {
  expect(answerChunkRows(sampleNetworks.mlp)).toBe(8_192);
  const layers: NetworkSpec['layers'] = [
    { kind: 'members', count: 32 },
    { kind: 'dense', units: 512, parameterization: 'standard' },
    { kind: 'member-heads', units: 1 },
  ];
  expect(answerChunkRows({ ...sampleNetworks.tabm, layers })).toBe(256);
});

test('the cosines of a wide encoder count as well', () => {
  const { encoder } = sampleNetworks.realmlp;
  const numberEncoding = { kind: 'periodic', frequencies: 4_096, size: 1 } as const;
  const network = { ...sampleNetworks.realmlp, encoder: { ...encoder, numberEncoding } };
  expect(answerChunkRows(network)).toBe(Math.floor(4_194_304 / (3 * 4_096)));
});
