import type { Tensor } from '@tensorflow/tfjs';
import { philoxBytes } from '../../numerics/philox.js';
import type { Tfjs } from '../backend/load-backend.js';
import { type MaskDraw, maskCounter } from './dropout-counter.js';
import type { Ops } from './ops.js';

/** Computes the arithmetic of a training at once, on whatever tfjs backend is set. Callers wrap steps in `tf.tidy`. */
export class TfjsOps implements Ops<Tensor> {
  readonly #tf: Tfjs;
  /** Uploading a number takes longer than computing with it, so each is uploaded once. */
  readonly #scalars = new Map<number, Tensor>();
  /** Constant arrays by the object that holds them; what is made anew in every step must not be a constant. */
  readonly #arrays = new Map<ArrayLike<number>, Tensor>();
  #draw: { readonly key: MaskDraw['key']; readonly step: number } | null = null;

  constructor(tf: Tfjs) {
    this.#tf = tf;
  }

  /** Says which step of an epoch the masks that follow belong to. */
  beginStep(key: MaskDraw['key'], step: number): void {
    this.#draw = { key, step };
  }

  dispose(): void {
    for (const constants of [this.#scalars, this.#arrays]) {
      for (const constant of constants.values()) constant.dispose();
      constants.clear();
    }
  }

  constant(values: ArrayLike<number> | number, shape?: readonly number[]): Tensor {
    if (typeof values === 'number') return this.#scalar(values);
    // A copy: a backend may share the memory of what it is given.
    return this.#array(values, () =>
      this.#tf.tensor(Float32Array.from(values), [...(shape ?? [values.length])]),
    );
  }
  constantInt(values: ArrayLike<number> | number, shape?: readonly number[]): Tensor {
    const all = typeof values === 'number' ? [values] : values;
    const dims = shape ?? (typeof values === 'number' ? [] : [values.length]);
    return this.#array(all, () => this.#tf.tensor(Int32Array.from(all), [...dims], 'int32'));
  }

  add(a: Tensor, b: Tensor): Tensor {
    return this.#tf.add(a, b);
  }
  sub(a: Tensor, b: Tensor): Tensor {
    return this.#tf.sub(a, b);
  }
  mul(a: Tensor, b: Tensor): Tensor {
    return this.#tf.mul(a, b);
  }
  div(a: Tensor, b: Tensor): Tensor {
    return this.#tf.div(a, b);
  }
  minimum(a: Tensor, b: Tensor): Tensor {
    return this.#tf.minimum(a, this.#spread(b, a));
  }
  maximum(a: Tensor, b: Tensor): Tensor {
    return this.#tf.maximum(a, this.#spread(b, a));
  }
  greater(a: Tensor, b: Tensor): Tensor {
    return this.#tf.cast(this.#tf.greater(a, b), 'float32');
  }

  neg(x: Tensor): Tensor {
    return this.#tf.neg(x);
  }
  square(x: Tensor): Tensor {
    return this.#tf.square(x);
  }
  sqrt(x: Tensor): Tensor {
    return this.#tf.sqrt(x);
  }
  rsqrt(x: Tensor): Tensor {
    return this.#tf.rsqrt(x);
  }
  exp(x: Tensor): Tensor {
    return this.#tf.exp(x);
  }
  abs(x: Tensor): Tensor {
    return this.#tf.abs(x);
  }
  sign(x: Tensor): Tensor {
    const zero = this.#scalar(0);
    return this.sub(this.greater(x, zero), this.greater(zero, x));
  }
  floor(x: Tensor): Tensor {
    return this.#tf.floor(x);
  }
  sin(x: Tensor): Tensor {
    return this.#tf.sin(x);
  }
  cos(x: Tensor): Tensor {
    return this.#tf.cos(x);
  }
  tanh(x: Tensor): Tensor {
    return this.#tf.tanh(x);
  }
  erf(x: Tensor): Tensor {
    return this.#tf.erf(x);
  }
  sigmoid(x: Tensor): Tensor {
    return this.#tf.sigmoid(x);
  }
  softplus(x: Tensor): Tensor {
    return this.#tf.softplus(x);
  }
  relu(x: Tensor): Tensor {
    return this.#tf.relu(x);
  }
  reluGradient(gradient: Tensor, output: Tensor): Tensor {
    return this.#tf.mul(gradient, this.#tf.step(output));
  }
  selu(x: Tensor): Tensor {
    return this.#tf.selu(x);
  }
  seluGradient(gradient: Tensor, output: Tensor): Tensor {
    const isBelow = this.greater(this.#scalar(0), output);
    const step = this.mul(isBelow, this.#scalar(seluFloor - seluScale));
    const slope = this.add(step, this.minimum(output, this.#scalar(0)));
    return this.mul(gradient, this.add(slope, this.#scalar(seluScale)));
  }

  matMul(
    a: Tensor,
    b: Tensor,
    { transposeA = false, transposeB = false }: { transposeA?: boolean; transposeB?: boolean } = {},
  ): Tensor {
    // On wasm only products of operands as they lie are fast: turning one first makes a step two to three times faster.
    return this.#tf.matMul(transposeA ? this.#turn(a) : a, transposeB ? this.#turn(b) : b);
  }
  biasAdd(x: Tensor, bias: Tensor): Tensor {
    return this.#tf.add(x, bias);
  }
  biasGradient(gradient: Tensor): Tensor {
    const width = gradient.shape.at(-1) ?? 1;
    const rows = gradient.size / width;
    // A product, since sums across rows are slow on wasm.
    const sum = this.#tf.matMul(this.#tf.ones([1, rows]), gradient.reshape([rows, width]));
    return sum.reshape([width]);
  }
  sum(x: Tensor, axes: readonly number[], keepDims = false): Tensor {
    return this.#tf.sum(x, [...axes], keepDims);
  }
  mean(x: Tensor, axes: readonly number[], keepDims = false): Tensor {
    return this.#tf.mean(x, [...axes], keepDims);
  }
  logSoftmax(x: Tensor): Tensor {
    return this.#tf.logSoftmax(x);
  }

  reshape(x: Tensor, shape: readonly number[]): Tensor {
    return this.#tf.reshape(x, [...shape]);
  }
  transpose(x: Tensor, permutation: readonly number[]): Tensor {
    return this.#tf.transpose(x, [...permutation]);
  }
  concat(parts: readonly Tensor[], axis: number): Tensor {
    return this.#tf.concat([...parts], axis);
  }
  slice(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor {
    return this.#tf.slice(x, [...begin], [...size]);
  }
  split(x: Tensor, sizes: readonly number[], axis: number): readonly Tensor[] {
    return sizes.length === 1 ? [x] : this.#tf.split(x, [...sizes], axis);
  }
  gatherColumns(x: Tensor, positions: readonly number[]): Tensor {
    return this.#tf.gather(x, this.constantInt(positions) as never, 1);
  }
  gatherRows(table: Tensor, indices: Tensor): Tensor {
    return this.#tf.gather(table, indices as never, 0);
  }
  sumByIndex(values: Tensor, indices: Tensor, count: number): Tensor {
    // Not every backend can add up by index, but all can multiply: by a row of zeros and a one for each index.
    const chosen = this.#tf.cast(this.#tf.oneHot(indices, count), 'float32');
    return this.matMul(chosen, values, { transposeA: true });
  }
  toInt(x: Tensor): Tensor {
    return this.#tf.cast(x, 'int32');
  }

  keepMask(shape: readonly number[], dropped: Tensor, stream: number): Tensor {
    if (this.#draw === null) throw new Error('masks are drawn in a training step only');
    const { key, step } = this.#draw;
    const length = shape.reduce((product, size) => product * size, 1);
    const bytes = philoxBytes(key, maskCounter(step, stream), length);
    const drawn = this.#tf.tensor(new Float32Array(bytes), [...shape]);
    return this.#tf.cast(this.#tf.greaterEqual(drawn, dropped), 'float32');
  }

  /** Swaps rows and columns, of each matrix where there are several. */
  #turn(x: Tensor): Tensor {
    return this.#tf.transpose(x, x.shape.length === 2 ? [1, 0] : [0, 2, 1]);
  }

  /** `x` in the shape of `like` where it is smaller: sums broadcast quickly on wasm, and comparisons do not. */
  #spread(x: Tensor, like: Tensor): Tensor {
    return x.size < like.size ? this.#tf.add(this.#tf.zerosLike(like), x) : x;
  }

  #array(values: ArrayLike<number>, upload: () => Tensor): Tensor {
    const known = this.#arrays.get(values);
    if (known !== undefined) return known;
    const array = this.#tf.keep(upload());
    this.#arrays.set(values, array);
    return array;
  }

  #scalar(value: number): Tensor {
    const known = this.#scalars.get(value);
    if (known !== undefined) return known;
    const scalar = this.#tf.keep(this.#tf.scalar(value));
    this.#scalars.set(value, scalar);
    return scalar;
  }
}

// Klambauer et al. 2017.
const seluScale = 1.0507009873554805;
const seluFloor = seluScale * 1.6732632423543772;
