import { expect, test } from 'vitest';
import { parseTrees } from './parse-trees.js';
import { toModelText } from './testdata/model-text.js';
import { leafFlag } from './tree-ensemble.js';

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
  const packed = parseTrees(toModelText([tree, tree], { features: 2 }));
  expect([...packed.roots]).toEqual([0, 20]);
  const nodes = Array.from({ length: 10 }, (_, node) => [
    ...packed.nodes.slice(4 * node, 4 * node + 3),
    packed.leafValues[node],
  ]);
  const inner = (column: number, left: number) => [column, 0, 4 * left, 0];
  const end = (value: number, self: number) => [0, leafFlag, 4 * self, value];
  expect(nodes).toEqual([
    ...[inner(0, 1), inner(1, 3), end(3, 2), end(1, 3), end(2, 4)],
    ...[inner(0, 6), inner(1, 8), end(3, 7), end(1, 8), end(2, 9)],
  ]);
});

test('trees that look at a feature alike share a column of ranks', () => {
  const other = tree
    .replace('threshold=0.5 1.5', 'threshold=0.25 1.5')
    .replace('type=2 2', 'type=2 8');
  const { columns, nodes } = parseTrees(toModelText([tree, other], { features: 2 }));
  expect(columns).toEqual([
    { feature: 0, kind: 'missing-left', thresholds: Float64Array.of(0.25, 0.5) },
    { feature: 1, kind: 'missing-left', thresholds: Float64Array.of(1.5) },
    { feature: 1, kind: 'missing-right', thresholds: Float64Array.of(1.5) },
  ]);
  expect([...nodes.slice(0, 2)]).toEqual([0, 1]);
  expect([...nodes.slice(20, 22)]).toEqual([0, 0]);
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
