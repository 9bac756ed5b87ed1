import { expect, it } from 'vitest';
import { findArtifactRefs } from './find-artifact-refs.js';

const ref = (sha256: string) => ({
  uri: `s3://b/${sha256}`,
  sha256,
  sizeBytes: 1,
  mediaType: 'x/y',
});

it('finds references at any depth, each once, with the path of what holds them', () => {
  const result = {
    tables: { trips: ref('aa'), zones: ref('bb') },
    report: ref('cc'),
    rejects: null,
    folds: [{ train: ref('dd') }, { train: ref('dd') }],
    rows: 3,
  };
  expect(findArtifactRefs(result).map(({ name, ref: { sha256 } }) => `${name} ${sha256}`)).toEqual([
    'tables.trips aa',
    'tables.zones bb',
    'report cc',
    'folds.train dd',
  ]);
});
