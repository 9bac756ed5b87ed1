import { expect, test } from 'vitest';
import { writeFunction } from './graph-function.js';
import type { GraphOps } from './graph-ops.js';
import type { GraphTensor } from './node-writer.js';

const shapes = {
  x: { shape: [8, 4], dtype: 'float' },
  weight: { shape: [4, 3], dtype: 'float' },
  bias: { shape: [3], dtype: 'float' },
} as const;

type Inputs = Readonly<Record<keyof typeof shapes, GraphTensor>>;

function operationsOf(
  write: (ops: GraphOps, inputs: Inputs) => Readonly<Record<string, GraphTensor>>,
): readonly string[] {
  return writeFunction('f', shapes, write).message.nodeDef.map(({ op }) => op);
}

const dense = (ops: GraphOps, { x, weight, bias }: Inputs): GraphTensor =>
  ops.biasAdd(ops.matMul(x, weight), bias);

test('a product, its bias and a ReLU are one operation', () => {
  const { message } = writeFunction('f', shapes, (ops, inputs) => ({
    y: ops.relu(dense(ops, inputs)),
  }));

  const [fused, ...others] = message.nodeDef;
  expect(others).toEqual([]);
  expect(fused?.op).toBe('_MklNativeFusedMatMul');
  expect(fused?.input).toEqual(['x', 'weight', 'bias']);
  const operations = fused?.attr.fused_ops?.list?.s?.map((bytes) =>
    new TextDecoder().decode(bytes),
  );
  expect(operations).toEqual(['BiasAdd', 'Relu']);
  expect(message.ret).toEqual({ y_out: `${fused?.name}:product:0` });
});

test('a result between them stays', () => {
  const operations = operationsOf((ops, inputs) => {
    const sum = dense(ops, inputs);
    return { sum, y: ops.relu(sum) };
  });
  expect(operations).toEqual(['_MklNativeFusedMatMul', 'Relu']);
});

test('a product that something else needs too stays one of its own', () => {
  const operations = operationsOf((ops, { x, weight, bias }) => {
    const product = ops.matMul(x, weight);
    return { y: ops.biasAdd(product, bias), squares: ops.square(product) };
  });
  expect(operations).toEqual(['_MklMatMul', 'BiasAdd', 'Square']);
});

test('what no result depends on is left out, and equal operations are one', () => {
  const operations = operationsOf((ops, { x }) => {
    ops.exp(x);
    return { y: ops.add(ops.square(x), ops.square(x)) };
  });
  expect(operations).toEqual(['Square', 'AddV2']);
});
