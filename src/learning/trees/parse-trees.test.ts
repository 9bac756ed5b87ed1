import { expect, test } from 'vitest';
import { parseTrees } from './parse-trees.js';
import { toModelText } from './testdata/model-text.js';

const tree = [
  'num_leaves=3',
  'num_cat=0',
  'split_feature=0 1',
  'threshold=0.5 1.5',
  'decision_type=2 2',
  'left_child=1 -1',
  'right_child=-3 -2',
  'leaf_value=1 2 3',
].join('\n');
const text = toModelText([tree], { features: 2 });

test('a tree is packed level by level, right children after left ones', () => {
  const { roots, values, links } = parseTrees(toModelText([tree, tree], { features: 2 }));
  expect([...roots]).toEqual([0, 5]);
  const nodes = Array.from({ length: 10 }, (_, node) => [
    values[2 * node],
    ...links.slice(4 * node + 2, 4 * node + 4),
  ]);
  const root = (left: number) => [0.5, 0, left];
  const inner = (left: number) => [1.5, 8, left];
  const end = (value: number, self: number) => [value, -(2 ** 31), self];
  expect(nodes).toEqual([
    ...[root(1), inner(3), end(3, 2), end(1, 3), end(2, 4)],
    ...[root(6), inner(8), end(3, 7), end(1, 8), end(2, 9)],
  ]);
});

test.each([
  ['no text of trees', 'forest', 'does not begin with "tree"'],
  ['an averaged forest', text.replace('version=v4', 'average_output'), 'averages'],
  ['linear leaves', text.replace('is_linear=0', 'is_linear=1'), 'linear models'],
  ['too few leaves', text.replace('leaf_value=1 2 3', 'leaf_value=1 2'), 'leaf_value'],
  ['a number that is none', text.replace('0.5 1.5', '0.5 x'), 'threshold'],
  [
    'a feature beyond the inputs',
    text.replace('split_feature=0 1', 'split_feature=0 2'),
    '2 inputs',
  ],
  ['a circle', text.replace('left_child=1 -1', 'left_child=0 -1'), 'child 0'],
  ['a leaf that is shared', text.replace('right_child=-3 -2', 'right_child=-3 -1'), 'child -1'],
  ['a leaf that is not there', text.replace('right_child=-3 -2', 'right_child=-4 -2'), 'child -4'],
  [
    'categories without a list',
    text.replace('decision_type=2 2', 'decision_type=2 1'),
    'categories',
  ],
  ['half an iteration', toModelText([tree], { features: 2, scores: 2 }), 'whole iterations'],
  ['no leaves', text.replace('num_leaves=3', 'num_leaves=0'), 'no leaves'],
])('a model with %s is refused', (_, damaged, found) => {
  const error = expect.objectContaining({
    code: 'model-invalid',
    message: expect.stringContaining(found),
  });
  expect(() => parseTrees(damaged)).toThrow(error);
});
