/** Handle of an array of float32 (or, where said, int32) whose shape is known before anything is computed. */
export interface TensorLike {
  readonly shape: readonly number[];
}

/**
 * The arithmetic in which forward pass, gradients, losses and optimizers are written, once for all backends:
 * `GraphOps` writes nodes of a TensorFlow graph, `TfjsOps` computes at once. Binary operations broadcast like NumPy.
 */
export interface Ops<T extends TensorLike> {
  constant(values: ArrayLike<number> | number, shape?: readonly number[]): T;
  constantInt(values: ArrayLike<number> | number, shape?: readonly number[]): T;

  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  minimum(a: T, b: T): T;
  maximum(a: T, b: T): T;
  /** 1 where a > b, else 0. */
  greater(a: T, b: T): T;

  neg(x: T): T;
  square(x: T): T;
  sqrt(x: T): T;
  rsqrt(x: T): T;
  exp(x: T): T;
  abs(x: T): T;
  sign(x: T): T;
  floor(x: T): T;
  sin(x: T): T;
  cos(x: T): T;
  tanh(x: T): T;
  erf(x: T): T;
  sigmoid(x: T): T;
  softplus(x: T): T;
  relu(x: T): T;
  /** `gradient` where `output` (or the input) of a ReLU is above 0, else 0. */
  reluGradient(gradient: T, output: T): T;
  selu(x: T): T;
  seluGradient(gradient: T, output: T): T;

  /** Rank 2, or rank 3 with a leading batch axis (both operands). */
  matMul(a: T, b: T, options?: { transposeA?: boolean; transposeB?: boolean }): T;
  /** x [..., units] + bias [units]. */
  biasAdd(x: T, bias: T): T;
  /** Sum over all axes but the last. */
  biasGradient(gradient: T): T;
  sum(x: T, axes: readonly number[], keepDims?: boolean): T;
  mean(x: T, axes: readonly number[], keepDims?: boolean): T;
  logSoftmax(x: T): T;

  reshape(x: T, shape: readonly number[]): T;
  transpose(x: T, permutation: readonly number[]): T;
  concat(parts: readonly T[], axis: number): T;
  /** Constant begin and size. */
  slice(x: T, begin: readonly number[], size: readonly number[]): T;
  split(x: T, sizes: readonly number[], axis: number): readonly T[];
  /** Columns of [rows, width] at constant positions. */
  gatherColumns(x: T, positions: readonly number[]): T;
  /** Inverse of `gatherColumns` for gradients is never needed: features are not learned. */
  /** Rows of a table [count, size] at int32 indices [rows]. */
  gatherRows(table: T, indices: T): T;
  /** Sum of rows of `values` [rows, size] by int32 index, as [count, size]: the gradient of `gatherRows`. */
  sumByIndex(values: T, indices: T, count: number): T;
  toInt(x: T): T;

  /**
   * Independent 0/1 values, 0 with probability `dropped` / 256: a counter-based generator, so that the same key and
   * counter give the same mask on every backend. Bytes and not floats are drawn, since these take longer than all the
   * rest of a dropout.
   *
   * @param dropped scalar, a whole number from 0 to 255; may change from step to step
   * @param stream tells the draws of one step apart
   */
  keepMask(shape: readonly number[], dropped: T, stream: number): T;

  /** Adam's step as one operation, where a backend has it; elsewhere it is computed with those above. */
  moveByAdam?(arrays: AdamArrays<T>, gradient: T, settings: AdamSettings<T>): AdamArrays<T>;
}

/** What Adam moves, all of one length. */
export interface AdamArrays<T> {
  readonly parameters: T;
  /** Averages of gradients and of their squares. */
  readonly first: T;
  readonly second: T;
}

/** parameters - rate first / (sqrt(second) + epsilon), after the averages have moved. */
export interface AdamSettings<T> {
  readonly beta1: number;
  readonly beta2: number;
  /** Scalars. */
  readonly rate: T;
  readonly epsilon: T;
}
