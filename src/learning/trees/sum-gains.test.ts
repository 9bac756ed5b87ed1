import { expect, test } from 'vitest';
import { sumGains } from './sum-gains.js';

test('gains are summed by feature and told as shares', () => {
  const trees = [
    'split_feature=0 2\nsplit_gain=1 2',
    'split_feature=2\nsplit_gain=5',
    'leaf_value=3',
  ];
  expect(sumGains(trees, 3)).toEqual(Float64Array.of(0.125, 0, 0.875));
});

test('without a split no feature has a share', () => {
  expect(sumGains(['num_leaves=1\nleaf_value=3'], 2)).toEqual(Float64Array.of(0, 0));
});
