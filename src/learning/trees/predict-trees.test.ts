import { expect, test } from 'vitest';
import type { Tensor } from '../../artifacts/safetensors.js';
import { createTreesPredictor } from './predict-trees.js';
import { toModelText } from './testdata/model-text.js';
import type { TreesSpec } from './trees-spec.js';

function toTensors(trees: readonly string[], scores: number): Record<string, Tensor> {
  const data = new TextEncoder().encode(toModelText(trees, { features: 1, scores }));
  return { trees: { dtype: 'U8', shape: [data.length], data } };
}

const constant = (value: number) => `num_leaves=1\nleaf_value=${value}`;
const split =
  'num_leaves=2\nsplit_feature=0\nthreshold=0\ndecision_type=0\nleft_child=-1\nright_child=-2\nleaf_value=-1 1';
const base = { inputWidth: 1, iterations: 1 };

test('a regression answers with the raw score', () => {
  const spec: TreesSpec = { ...base, outputs: 1, answer: 'identity' };
  const { answer } = createTreesPredictor(spec, toTensors([split], 1));
  expect(answer(Float32Array.of(-5, 5, 0))).toEqual(Float32Array.of(-1, 1, -1));
});

test('two classes get probabilities by the logistic function', () => {
  const spec: TreesSpec = { ...base, outputs: 2, answer: 'sigmoid' };
  const { answer } = createTreesPredictor(spec, toTensors([constant(Math.log(3))], 1));
  expect(answer(Float32Array.of(0))).toEqual(Float32Array.of(0.25, 0.75));
});

test('several classes get probabilities by softmax, however high the scores are', () => {
  const spec: TreesSpec = { ...base, outputs: 3, answer: 'softmax' };
  const trees = [900, 900 + Math.log(2), 900].map(constant);
  const answers = createTreesPredictor(spec, toTensors(trees, 3)).answer(Float32Array.of(0));
  expect([...answers]).toEqual([0.25, 0.5, 0.25].map((value) => expect.closeTo(value, 6)));
});

test('later iterations are passed over', () => {
  const spec: TreesSpec = { ...base, outputs: 1, answer: 'identity', iterations: 2 };
  const { answer } = createTreesPredictor(spec, toTensors([1, 2, 4].map(constant), 1));
  expect(answer(Float32Array.of(0))).toEqual(Float32Array.of(3));
});

test.each<[string, Partial<TreesSpec>]>([
  ['inputs', { inputWidth: 2 }],
  ['iterations', { iterations: 2 }],
  ['outputs', { outputs: 3, answer: 'softmax' }],
])('trees with other %s than the spec says are refused', (_, change) => {
  const spec: TreesSpec = { ...base, outputs: 1, answer: 'identity', ...change };
  const error = expect.objectContaining({ code: 'model-invalid' });
  expect(() => createTreesPredictor(spec, toTensors([split], 1))).toThrow(error);
});

test('no tensor of trees and no whole number of rows are refused', () => {
  const error = expect.objectContaining({ code: 'model-invalid' });
  const spec: TreesSpec = { ...base, inputWidth: 2, outputs: 1, answer: 'identity' };
  expect(() => createTreesPredictor(spec, {})).toThrow(error);
  const text = new TextEncoder().encode(toModelText([constant(1)], { features: 2 }));
  const predictor = createTreesPredictor(spec, {
    trees: { dtype: 'U8', shape: [text.length], data: text },
  });
  expect(() => predictor.answer(new Float32Array(3))).toThrow(error);
});
