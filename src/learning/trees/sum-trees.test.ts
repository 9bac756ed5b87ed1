import { expect, test } from 'vitest';
import { createRandomStream } from '../../contract/random-stream.js';
import { parseTrees } from './parse-trees.js';
import { sumTrees } from './sum-trees.js';
import { toModelText } from './testdata/model-text.js';

const plain = 0;
const category = 1;
const defaultLeft = 2;
const missingZero = 4;
const missingNan = 8;

/** What a tree of one split answers for some values: 1 left, 2 right. */
function answer(decisionType: number, threshold: string, values: readonly number[]): number[] {
  const split = `split_feature=1\nthreshold=${threshold}\ndecision_type=${decisionType}`;
  // Bits 1, 3 and 33.
  const sets = 'num_cat=1\ncat_boundaries=0 2\ncat_threshold=10 2';
  const tree = `num_leaves=2\n${sets}\n${split}\nleft_child=-1\nright_child=-2\nleaf_value=1 2`;
  const ensemble = parseTrees(toModelText([tree], { features: 2 }));
  const rows = Float32Array.from(values.flatMap((value) => [9, value]));
  return [...sumTrees(ensemble, rows)];
}

test('values up to the threshold go left', () => {
  expect(answer(plain, '0.5', [0.25, 0.5, 0.75])).toEqual([1, 1, 2]);
});

test('a feature that was never missing takes a missing value for 0', () => {
  expect(answer(plain, '0.5', [Number.NaN])).toEqual([1]);
  expect(answer(plain | defaultLeft, '-0.5', [Number.NaN])).toEqual([2]);
});

test('missing values go where most is won, zeros like other numbers', () => {
  expect(answer(missingNan, '0.5', [Number.NaN, 0])).toEqual([2, 1]);
  expect(answer(missingNan | defaultLeft, '-0.5', [Number.NaN, 0])).toEqual([1, 2]);
});

test('where zero means missing, both go the same way, and so does what is nearly zero', () => {
  const values = [Number.NaN, 0, -0, 1e-36, 1e-34, -1];
  expect(answer(missingZero, '0.5', values)).toEqual([2, 2, 2, 2, 1, 1]);
  expect(answer(missingZero | defaultLeft, '-0.5', values)).toEqual([1, 1, 1, 1, 2, 1]);
});

test('a split of missing against known values has no finite threshold', () => {
  expect(answer(missingNan, 'inf', [Number.NaN, 3e38, Number.POSITIVE_INFINITY])).toEqual([
    2, 1, 1,
  ]);
});

test('listed categories go left; others, unseen, negative and missing ones go right', () => {
  expect(answer(category, '0', [1, 3, 33, 3.9])).toEqual([1, 1, 1, 1]);
  expect(answer(category, '0', [0, 2, 32, 64, 1e9, 3e9, -1, Number.NaN])).toEqual(Array(8).fill(2));
  expect(answer(category, '0', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])).toEqual([
    2, 2,
  ]);
});

test('trees of one leaf add a constant, and several scores take turns', () => {
  const constants = ['0.5', '1', '0.25', '2'].map((value) => `num_leaves=1\nleaf_value=${value}`);
  const ensemble = parseTrees(toModelText(constants, { features: 1, scores: 2 }));
  expect(sumTrees(ensemble, Float32Array.of(0, 0))).toEqual(Float64Array.of(0.75, 3, 0.75, 3));
  expect(parseTrees(toModelText(constants, { features: 1, scores: 2 }), 1).iterations).toBe(1);
});

test('a row alone comes to the same scores as among others, to the bit', () => {
  const draw = createRandomStream(4, 2);
  const trees = Array.from({ length: 7 }, () => {
    const [first, second] = [draw(), draw()];
    const values = [draw(), draw(), draw()].join(' ');
    return `num_leaves=3\nsplit_feature=0 1\nthreshold=${first} ${second}\ndecision_type=8 10\nleft_child=1 -1\nright_child=-3 -2\nleaf_value=${values}`;
  });
  const ensemble = parseTrees(toModelText(trees, { features: 2 }));
  const x = Float32Array.from({ length: 2 * 1031 }, () => (draw() < 0.1 ? Number.NaN : draw()));
  const alone = Array.from({ length: 1031 }, (_, row) =>
    sumTrees(ensemble, x.subarray(2 * row, 2 * row + 2)),
  );
  expect([...sumTrees(ensemble, x)]).toEqual(alone.flatMap((scores) => [...scores]));
});
