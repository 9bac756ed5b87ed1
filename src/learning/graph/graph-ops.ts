import type { AdamArrays, AdamSettings, Ops } from '../training/ops.js';
import { attribute } from './attributes.js';
import { type GraphTensor, NodeWriter } from './node-writer.js';
import { broadcastShapes, productOf, reduceShape } from './shapes.js';
import type { AttributeMessage } from './tensorflow-messages.js';
import { writeAdam } from './write-adam.js';
import { writeConstant } from './write-constant.js';

// TensorFlow's number of the algorithm.
const philox = 1;

const float = { T: attribute.type('float') } as const;

/** Which draws belong to the step that is being written. */
interface StepDraws {
  /** uint64 [1] */
  readonly key: GraphTensor;
  /** int32 scalar: number of the step within its epoch. */
  readonly step: GraphTensor;
}

/** Writes the arithmetic of a network's training as nodes of a TensorFlow function. */
export class GraphOps implements Ops<GraphTensor> {
  readonly writer = new NodeWriter();
  #draws: StepDraws | null = null;

  /**
   * Says which step of an epoch the masks that follow belong to.
   *
   * @param key int32 [1, 2], the two words of the epoch's key
   * @param step int32 scalar
   */
  beginStep(key: GraphTensor, step: GraphTensor): void {
    this.#draws = { key: this.#toUint64(key), step };
  }

  constant(values: ArrayLike<number> | number, shape?: readonly number[]): GraphTensor {
    return writeConstant(this.writer, 'float', values, shape);
  }

  constantInt(values: ArrayLike<number> | number, shape?: readonly number[]): GraphTensor {
    return writeConstant(this.writer, 'int', values, shape);
  }

  add(a: GraphTensor, b: GraphTensor): GraphTensor {
    return this.#binary('AddV2', a, b);
  }
  sub(a: GraphTensor, b: GraphTensor): GraphTensor {
    return this.#binary('Sub', a, b);
  }
  mul(a: GraphTensor, b: GraphTensor): GraphTensor {
    return this.#binary('Mul', a, b);
  }
  div(a: GraphTensor, b: GraphTensor): GraphTensor {
    return this.#binary('RealDiv', a, b);
  }
  minimum(a: GraphTensor, b: GraphTensor): GraphTensor {
    return this.#binary('Minimum', a, b);
  }
  maximum(a: GraphTensor, b: GraphTensor): GraphTensor {
    return this.#binary('Maximum', a, b);
  }
  greater(a: GraphTensor, b: GraphTensor): GraphTensor {
    const shape = broadcastShapes(a.shape, b.shape);
    return this.#toFloat(
      this.#one('Greater', [a, b], float, { output: 'z', shape, dtype: 'bool' }),
    );
  }

  neg(x: GraphTensor): GraphTensor {
    return this.#unary('Neg', x);
  }
  square(x: GraphTensor): GraphTensor {
    return this.#unary('Square', x);
  }
  sqrt(x: GraphTensor): GraphTensor {
    return this.#unary('Sqrt', x);
  }
  rsqrt(x: GraphTensor): GraphTensor {
    return this.#unary('Rsqrt', x);
  }
  exp(x: GraphTensor): GraphTensor {
    return this.#unary('Exp', x);
  }
  abs(x: GraphTensor): GraphTensor {
    return this.#unary('Abs', x);
  }
  sign(x: GraphTensor): GraphTensor {
    return this.#unary('Sign', x);
  }
  floor(x: GraphTensor): GraphTensor {
    return this.#unary('Floor', x);
  }
  sin(x: GraphTensor): GraphTensor {
    return this.#unary('Sin', x);
  }
  cos(x: GraphTensor): GraphTensor {
    return this.#unary('Cos', x);
  }
  tanh(x: GraphTensor): GraphTensor {
    return this.#unary('Tanh', x);
  }
  erf(x: GraphTensor): GraphTensor {
    return this.#unary('Erf', x);
  }
  sigmoid(x: GraphTensor): GraphTensor {
    return this.#unary('Sigmoid', x);
  }
  softplus(x: GraphTensor): GraphTensor {
    return this.#unary('Softplus', x, 'activations');
  }
  relu(x: GraphTensor): GraphTensor {
    return this.#unary('Relu', x, 'activations');
  }
  reluGradient(gradient: GraphTensor, output: GraphTensor): GraphTensor {
    const { shape } = gradient;
    return this.#one('ReluGrad', [gradient, output], float, { output: 'backprops', shape });
  }
  selu(x: GraphTensor): GraphTensor {
    return this.#unary('Selu', x, 'activations');
  }
  seluGradient(gradient: GraphTensor, output: GraphTensor): GraphTensor {
    const { shape } = gradient;
    return this.#one('SeluGrad', [gradient, output], float, { output: 'backprops', shape });
  }

  matMul(
    a: GraphTensor,
    b: GraphTensor,
    { transposeA = false, transposeB = false }: { transposeA?: boolean; transposeB?: boolean } = {},
  ): GraphTensor {
    const rows = a.shape.at(transposeA ? -1 : -2) ?? 0;
    const columns = b.shape.at(transposeB ? -2 : -1) ?? 0;
    if (a.shape.length === 2) {
      const attributes = {
        ...float,
        transpose_a: attribute.boolean(transposeA),
        transpose_b: attribute.boolean(transposeB),
      };
      const shape = [rows, columns];
      return this.#one('MatMul', [a, b], attributes, { output: 'product', shape });
    }
    const attributes = {
      ...float,
      adj_x: attribute.boolean(transposeA),
      adj_y: attribute.boolean(transposeB),
    };
    const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
    const shape = [...batch, rows, columns];
    return this.#one('BatchMatMulV2', [a, b], attributes, { output: 'output', shape });
  }

  biasAdd(x: GraphTensor, bias: GraphTensor): GraphTensor {
    return this.#one('BiasAdd', [x, bias], float, { output: 'output', shape: x.shape });
  }
  biasGradient(gradient: GraphTensor): GraphTensor {
    const shape = gradient.shape.slice(-1);
    return this.#one('BiasAddGrad', [gradient], float, { output: 'output', shape });
  }
  sum(x: GraphTensor, axes: readonly number[], keepDims = false): GraphTensor {
    return this.#reduce('Sum', x, axes, keepDims);
  }
  mean(x: GraphTensor, axes: readonly number[], keepDims = false): GraphTensor {
    return this.#reduce('Mean', x, axes, keepDims);
  }
  logSoftmax(x: GraphTensor): GraphTensor {
    const { shape } = x;
    return this.#one('LogSoftmax', [x], float, { output: 'logsoftmax', shape });
  }

  reshape(x: GraphTensor, shape: readonly number[]): GraphTensor {
    if (shape.length === x.shape.length && shape.every((size, axis) => size === x.shape[axis])) {
      return x;
    }
    const attributes = { T: attribute.type(x.dtype), Tshape: attribute.type('int') };
    const inputs = [x, this.constantInt(shape)];
    return this.#one('Reshape', inputs, attributes, { output: 'output', shape, dtype: x.dtype });
  }

  transpose(x: GraphTensor, permutation: readonly number[]): GraphTensor {
    const attributes = { ...float, Tperm: attribute.type('int') };
    const shape = permutation.map((axis) => x.shape[axis] ?? 0);
    const inputs = [x, this.constantInt(permutation)];
    return this.#one('Transpose', inputs, attributes, { output: 'y', shape });
  }

  concat(parts: readonly GraphTensor[], axis: number): GraphTensor {
    const [first] = parts;
    if (first === undefined) throw new Error('nothing to concatenate');
    if (parts.length === 1) return first;
    const attributes = {
      ...float,
      N: attribute.integer(parts.length),
      Tidx: attribute.type('int'),
    };
    const position = axis < 0 ? first.shape.length + axis : axis;
    const size = parts.reduce((sum, { shape }) => sum + (shape[position] ?? 0), 0);
    const shape = first.shape.with(position, size);
    const inputs = [...parts, this.constantInt(position)];
    return this.#one('ConcatV2', inputs, attributes, { output: 'output', shape });
  }

  slice(x: GraphTensor, begin: readonly number[], size: readonly number[]): GraphTensor {
    const attributes = { T: attribute.type(x.dtype), Index: attribute.type('int') };
    const inputs = [x, this.constantInt(begin), this.constantInt(size)];
    const output = { output: 'output', shape: size, dtype: x.dtype };
    return this.#one('Slice', inputs, attributes, output);
  }

  moveByAdam(
    arrays: AdamArrays<GraphTensor>,
    gradient: GraphTensor,
    settings: AdamSettings<GraphTensor>,
  ): AdamArrays<GraphTensor> {
    const { beta1, beta2, rate, epsilon } = settings;
    // The rate comes with the corrections that TensorFlow would make by these powers.
    const powers = [this.constant(0), this.constant(0)];
    const decays = [this.constant(beta1), this.constant(beta2)];
    return writeAdam(this.writer, arrays, [...powers, rate, ...decays, epsilon, gradient]);
  }

  /** Scalars as one vector. */
  pack(scalars: readonly GraphTensor[]): GraphTensor {
    const [first] = scalars;
    if (first === undefined) throw new Error('nothing to pack');
    const { dtype } = first;
    const attributes = {
      T: attribute.type(dtype),
      N: attribute.integer(scalars.length),
      axis: attribute.integer(0),
    };
    const output = { output: 'output', shape: [scalars.length], dtype };
    return this.#one('Pack', scalars, attributes, output);
  }

  /** A vector as scalars. */
  unpack(x: GraphTensor): readonly GraphTensor[] {
    const count = x.shape[0] ?? 0;
    const attributes = { ...float, num: attribute.integer(count), axis: attribute.integer(0) };
    const outputs = Array.from({ length: count }, (_, index) => ({
      output: 'output',
      index,
      shape: [],
    }));
    return this.writer.add('Unpack', [x], attributes, outputs);
  }

  /** x[at] for a computed int32 scalar. */
  at(x: GraphTensor, at: GraphTensor): GraphTensor {
    return this.#gather(x, at, 0);
  }

  less(a: GraphTensor, b: GraphTensor): GraphTensor {
    const shape = broadcastShapes(a.shape, b.shape);
    const attributes = { T: attribute.type(a.dtype) };
    return this.#one('Less', [a, b], attributes, { output: 'z', shape, dtype: 'bool' });
  }

  split(x: GraphTensor, sizes: readonly number[], axis: number): readonly GraphTensor[] {
    if (sizes.length === 1) return [x];
    const position = axis < 0 ? x.shape.length + axis : axis;
    const attributes = {
      ...float,
      Tlen: attribute.type('int'),
      num_split: attribute.integer(sizes.length),
    };
    const inputs = [x, this.constantInt(sizes), this.constantInt(position)];
    return this.writer.add(
      'SplitV',
      inputs,
      attributes,
      sizes.map((size, index) => ({
        output: 'output',
        index,
        shape: x.shape.with(position, size),
      })),
    );
  }

  gatherColumns(x: GraphTensor, positions: readonly number[]): GraphTensor {
    return this.#gather(x, this.constantInt(positions), 1);
  }
  gatherRows(table: GraphTensor, indices: GraphTensor): GraphTensor {
    return this.#gather(table, indices, 0);
  }
  sumByIndex(values: GraphTensor, indices: GraphTensor, count: number): GraphTensor {
    const attributes = {
      ...float,
      Tindices: attribute.type('int'),
      Tnumsegments: attribute.type('int'),
    };
    const shape = [count, ...values.shape.slice(1)];
    const inputs = [values, indices, this.constantInt(count)];
    return this.#one('UnsortedSegmentSum', inputs, attributes, { output: 'output', shape });
  }
  toInt(x: GraphTensor): GraphTensor {
    const attributes = { SrcT: attribute.type('float'), DstT: attribute.type('int') };
    return this.#one('Cast', [x], attributes, { output: 'y', shape: x.shape, dtype: 'int' });
  }

  keepMask(shape: readonly number[], dropped: GraphTensor, stream: number): GraphTensor {
    const bytes = this.reshape(this.#drawBytes(productOf(shape), stream), shape);
    const toBytes = { SrcT: attribute.type('float'), DstT: attribute.type('uint8') };
    const lowest = this.#one('Cast', [dropped], toBytes, {
      output: 'y',
      shape: [],
      dtype: 'uint8',
    });
    const output = { output: 'z', shape, dtype: 'bool' } as const;
    const attributes = { T: attribute.type('uint8') };
    return this.#toFloat(this.#one('GreaterEqual', [bytes, lowest], attributes, output));
  }

  /** The bytes of `philoxBytes` for the counter [0, 0, step, stream]. */
  #drawBytes(count: number, stream: number): GraphTensor {
    if (this.#draws === null) throw new Error('masks are drawn in a training step only');
    const { key, step } = this.#draws;
    const zero = this.constantInt(0);
    const position = this.pack([zero, zero, step, this.constantInt(stream)]);
    const counter = this.#toUint64(this.reshape(position, [2, 2]));
    const wordCount = Math.ceil(count / 4);
    const inputs = [this.constantInt([wordCount]), key, counter, this.constantInt(philox)];
    const words = this.#one(
      'StatelessRandomUniformFullIntV2',
      inputs,
      { dtype: attribute.type('uint32'), Tshape: attribute.type('int') },
      { output: 'output', shape: [wordCount], dtype: 'uint32' },
    );
    const bytes = this.#one(
      'Bitcast',
      [words],
      { T: attribute.type('uint32'), type: attribute.type('uint8') },
      { output: 'output', shape: [wordCount, 4], dtype: 'uint8' },
    );
    const flat = this.reshape(bytes, [4 * wordCount]);
    return 4 * wordCount === count ? flat : this.slice(flat, [0], [count]);
  }

  /** Pairs of 32-bit words, the low one first, as one number each. */
  #toUint64(words: GraphTensor): GraphTensor {
    const attributes = { T: attribute.type('int'), type: attribute.type('uint64') };
    const shape = words.shape.slice(0, -1);
    return this.#one('Bitcast', [words], attributes, { output: 'output', shape, dtype: 'uint64' });
  }

  #unary(op: string, x: GraphTensor, argument: 'x' | 'activations' = 'x'): GraphTensor {
    const output = argument === 'x' ? 'y' : 'activations';
    return this.#one(op, [x], float, { output, shape: x.shape });
  }

  #binary(op: string, a: GraphTensor, b: GraphTensor): GraphTensor {
    const attributes = { T: attribute.type(a.dtype) };
    const shape = broadcastShapes(a.shape, b.shape);
    return this.#one(op, [a, b], attributes, { output: 'z', shape, dtype: a.dtype });
  }

  #reduce(op: string, x: GraphTensor, axes: readonly number[], keepDims: boolean): GraphTensor {
    const attributes = {
      ...float,
      Tidx: attribute.type('int'),
      keep_dims: attribute.boolean(keepDims),
    };
    const shape = reduceShape(x.shape, axes, keepDims);
    return this.#one(op, [x, this.constantInt(axes)], attributes, { output: 'output', shape });
  }

  #gather(x: GraphTensor, indices: GraphTensor, axis: 0 | 1): GraphTensor {
    const attributes = {
      Tparams: attribute.type(x.dtype),
      Tindices: attribute.type('int'),
      Taxis: attribute.type('int'),
      batch_dims: attribute.integer(0),
    };
    const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
    const inputs = [x, indices, this.constantInt(axis)];
    return this.#one('GatherV2', inputs, attributes, { output: 'output', shape, dtype: x.dtype });
  }

  #toFloat(x: GraphTensor): GraphTensor {
    const attributes = { SrcT: attribute.type(x.dtype), DstT: attribute.type('float') };
    return this.#one('Cast', [x], attributes, { output: 'y', shape: x.shape });
  }

  #one(
    op: string,
    inputs: readonly GraphTensor[],
    attributes: Readonly<Record<string, AttributeMessage>>,
    output: Parameters<NodeWriter['add']>[3][number],
    key?: string,
  ): GraphTensor {
    const [tensor] = this.writer.add(op, inputs, attributes, [output], key);
    // One output was asked for.
    return tensor as GraphTensor;
  }
}
