import type { Tensor } from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { createRandomStream } from '../../contract/random-stream.js';
import type { Ops, TensorLike } from '../training/ops.js';
import { loadTfjs } from '../training/testdata/load-tfjs.js';
import { TfjsOps } from '../training/tfjs-ops.js';
import { writeFunction } from './graph-function.js';
import { toCall, toPlaceholders } from './graph-nodes.js';
import { LoadedGraph } from './loaded-graph.js';
import { writeSavedModel } from './saved-model.js';

const inputShapes = {
  a: { shape: [6, 5], dtype: 'float' },
  b: { shape: [6, 5], dtype: 'float' },
  row: { shape: [5], dtype: 'float' },
  batch: { shape: [2, 3, 5], dtype: 'float' },
  weights: { shape: [2, 5, 4], dtype: 'float' },
  indices: { shape: [6], dtype: 'float' },
} as const;

type Name = keyof typeof inputShapes;
type Write = <T extends TensorLike>(ops: Ops<T>, inputs: Readonly<Record<Name, T>>) => T;

const operations: Readonly<Record<string, Write>> = {
  'a constant': (ops, { a }) => ops.add(a, ops.constant([1, 2, 3, 4, 5])),
  'a sum': (ops, { a, row }) => ops.add(a, row),
  'a difference': (ops, { a, b }) => ops.sub(a, b),
  'a product of numbers': (ops, { a, row }) => ops.mul(row, a),
  'a quotient': (ops, { a, b }) => ops.div(a, b),
  'the smaller': (ops, { a, b }) => ops.minimum(a, b),
  'the greater': (ops, { a, row }) => ops.maximum(a, row),
  'a comparison': (ops, { a, b }) => ops.greater(a, b),
  'minus x': (ops, { a }) => ops.neg(a),
  'a square': (ops, { a }) => ops.square(a),
  'a root': (ops, { a }) => ops.sqrt(ops.abs(a)),
  'the inverse of a root': (ops, { a }) => ops.rsqrt(ops.square(a)),
  'an exponential': (ops, { a }) => ops.exp(a),
  'a sign': (ops, { a }) => ops.sign(a),
  'a floor': (ops, { a }) => ops.floor(a),
  'a sine': (ops, { a }) => ops.sin(a),
  'a cosine': (ops, { a }) => ops.cos(a),
  tanh: (ops, { a }) => ops.tanh(a),
  'the error function': (ops, { a }) => ops.erf(a),
  sigmoid: (ops, { a }) => ops.sigmoid(a),
  softplus: (ops, { a }) => ops.softplus(a),
  ReLU: (ops, { a }) => ops.relu(a),
  'the slope of ReLU': (ops, { a, b }) => ops.reluGradient(a, ops.relu(b)),
  SELU: (ops, { a }) => ops.selu(a),
  'the slope of SELU': (ops, { a, b }) => ops.seluGradient(a, ops.selu(b)),
  'a product of matrices, the first one turned': (ops, { a, b }) =>
    ops.matMul(a, b, { transposeA: true }),
  'a product of matrices, the second one turned': (ops, { a, b }) =>
    ops.matMul(a, b, { transposeB: true }),
  'products of several matrices': (ops, { batch, weights }) => ops.matMul(batch, weights),
  'products of several turned matrices': (ops, { batch }) =>
    ops.matMul(batch, batch, { transposeA: true }),
  'a dense layer': (ops, { a, b, row }) =>
    ops.relu(ops.biasAdd(ops.matMul(ops.matMul(a, b, { transposeB: true }), a), row)),
  'a bias': (ops, { batch, row }) => ops.biasAdd(batch, row),
  'the slope of a bias': (ops, { a }) => ops.biasGradient(a),
  'a sum over an axis': (ops, { batch }) => ops.sum(batch, [1]),
  'a mean that keeps its axes': (ops, { batch }) => ops.mean(batch, [0, 2], true),
  'the logarithm of softmax': (ops, { a }) => ops.logSoftmax(a),
  'another shape': (ops, { a }) => ops.reshape(a, [3, 10]),
  'axes in another order': (ops, { batch }) => ops.transpose(batch, [2, 0, 1]),
  'parts together': (ops, { a, b }) => ops.concat([a, b], -1),
  'a cut': (ops, { batch }) => ops.slice(batch, [1, 0, 2], [1, 3, 2]),
  'one of several parts': (ops, { a }) => ops.split(a, [1, 3, 1], 1)[1] ?? a,
  'some columns': (ops, { a }) => ops.gatherColumns(a, [4, 0, 4]),
  'rows of a table': (ops, { a, indices }) => ops.gatherRows(a, ops.toInt(indices)),
  'sums of rows by index': (ops, { a, indices }) => ops.sumByIndex(a, ops.toInt(indices), 7),
};

function drawInputs(): Readonly<Record<Name, Float32Array>> {
  const random = createRandomStream(4, 0);
  const entries = Object.entries(inputShapes).map(([name, { shape }]) => {
    const length = shape.reduce((product, size) => product * size, 1);
    const draw = (): number => (name === 'indices' ? Math.floor(6 * random()) : 4 * random() - 2);
    return [name, Float32Array.from({ length }, draw)];
  });
  return Object.fromEntries(entries);
}

test.each(Object.entries(operations))(
  '%s has the shape that was foretold and the numbers that tfjs computes',
  async (_, write) => {
    const tf = await loadTfjs('tensorflow');
    const inputs = drawInputs();
    const feed = Object.fromEntries(
      Object.entries(inputShapes).map(([name, { shape }]) => [
        name,
        tf.tensor(inputs[name as Name], [...shape]),
      ]),
    ) as Record<Name, Tensor>;
    const called = writeFunction('f', inputShapes, (ops, tensors) => ({
      result: write(ops, tensors),
    }));
    const nodes = [...toPlaceholders(inputShapes), toCall('results', inputShapes, called)];
    const graph = new LoadedGraph(tf, writeSavedModel(nodes, [called]));

    const [result] = graph.run(feed, ['results:0']);

    const expected = write(new TfjsOps(tf), feed);
    expect(result?.shape).toEqual(expected.shape);
    expect(called.results.result?.shape).toEqual(expected.shape);
    const numbers = [...(result?.dataSync() ?? [])];
    for (const [index, value] of expected.dataSync().entries()) {
      expect(numbers[index]).toBeCloseTo(value, 5);
    }
    graph.dispose();
  },
);
