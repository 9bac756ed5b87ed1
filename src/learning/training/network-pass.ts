import type { NetworkLayout } from '../network/parameter-layout.js';
import { cutSlots } from './flat-vectors.js';
import type { Ops, TensorLike } from './ops.js';

/** A stage of a network after its forward pass. */
export interface Passed<T> {
  readonly output: T;
  /**
   * Leaves the gradients of the stage's parameters in the pass.
   *
   * @param gradient of the loss by `output`
   * @returns computes the gradient by the stage's input, which the first stage with parameters has no use for
   */
  backward(gradient: T): () => T;
}

/** One way forward, and in training back, through a network: what its stages read and leave behind. */
export class NetworkPass<T extends TensorLike> {
  readonly ops: Ops<T>;
  /** Factor of every dropout layer's rate; `null` at prediction, where nothing is dropped. */
  readonly dropout: T | null;
  /** Of parameters by the names of their slots. */
  readonly gradients = new Map<string, T>();
  /** Buffers that this step moved along. */
  readonly movedBuffers = new Map<string, T>();
  readonly #values: ReadonlyMap<string, T>;

  constructor(
    ops: Ops<T>,
    layout: NetworkLayout,
    vectors: { readonly parameters: T; readonly buffers: T },
    dropout: T | null,
  ) {
    this.ops = ops;
    this.dropout = dropout;
    this.#values = new Map([
      ...cutSlots(ops, layout.parameters, vectors.parameters),
      ...cutSlots(ops, layout.buffers, vectors.buffers),
    ]);
  }

  /** Parameter or buffer of that name, in its shape. */
  value(name: string): T {
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`The layout of this network has no '${name}'`);
    return value;
  }
}
