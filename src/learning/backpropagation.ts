import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { Task } from '../contract/pipeline-plan.js';
import type { Tfjs } from './load-backend.js';
import type { NetworkSpec } from './network.js';
import { type DenseSlots, layoutParameters } from './parameter-layout.js';

/** Rows that are learned from together. */
export interface Batch {
  readonly x: Tensor2D;
  /** rows x outputs. */
  readonly y: Tensor2D;
  /** rows x 1; `null`: every row counts the same. */
  readonly w: Tensor2D | null;
}

/** Draws the mask of one dropout layer for a batch. */
export type DrawMask = (rows: number, width: number, rate: number) => Tensor2D;

/** One layer ready to compute: a dense layer with the slots of its parameters, or dropout. */
type Stage =
  | { readonly kind: 'dense'; readonly slots: DenseSlots; readonly index: number }
  | { readonly kind: 'dropout'; readonly rate: number };

/** What the way back needs of the way forward through one stage. */
type Passed =
  | {
      readonly kind: 'dense';
      readonly input: Tensor2D;
      readonly output: Tensor2D;
      readonly stage: Stage & { kind: 'dense' };
    }
  | { readonly kind: 'dropout'; readonly mask: Tensor2D };

/**
 * Loss and gradient of a feed-forward network by hand-written backpropagation: about half the operations that
 * automatic differentiation runs for the same result, which at tabular sizes is most of the time. All parameters are
 * one flat vector, cut by `layoutParameters`. Callers wrap calls in `tf.tidy`.
 */
export class Backpropagation {
  readonly #tf: Tfjs;
  readonly #task: Task;
  readonly #stages: readonly Stage[];
  /** Of each weight and bias in turn. */
  readonly #lengths: number[];
  readonly #shapes: readonly (readonly number[])[];

  constructor(tf: Tfjs, network: NetworkSpec, task: Task) {
    this.#tf = tf;
    this.#task = task;
    const layout = layoutParameters(network);
    const slots = layout.flatMap(({ weight, bias }) => [weight, bias]);
    this.#lengths = slots.map(({ length }) => length);
    this.#shapes = slots.map(({ shape }) => shape);
    const remaining = [...layout.entries()];
    this.#stages = network.layers.map((layer): Stage => {
      if (layer.kind === 'dropout') return { kind: 'dropout', rate: layer.rate };
      // The layout holds one entry for each dense layer, in order.
      const [index, slots] = remaining.shift() as [number, DenseSlots];
      return { kind: 'dense', slots, index };
    });
  }

  /**
   * Mean loss of a batch, as it is minimized: cross-entropy, or the squared error, of each row times its weight. The
   * mean is over rows and not over weights, so that a batch of light rows moves the parameters less.
   */
  loss(parameters: Tensor1D, { x, y, w }: Batch): Scalar {
    const { output } = this.#forward(this.#cut(parameters), x, null);
    return this.#lossOf(output, y, w).loss;
  }

  lossAndGradient(
    parameters: Tensor1D,
    { x, y, w }: Batch,
    drawMask: DrawMask,
  ): { readonly loss: Scalar; readonly gradient: Tensor1D } {
    const tf = this.#tf;
    const weights = this.#cut(parameters);
    const { output, passed } = this.#forward(weights, x, drawMask);
    const { loss, slope } = this.#lossOf(output, y, w);
    const parts: Tensor1D[] = [];
    let error = slope;
    for (const [back, stage] of passed.toReversed().entries()) {
      if (stage.kind === 'dropout') {
        error = tf.mul(error, stage.mask);
        continue;
      }
      const { slots, index } = stage.stage;
      if (slots.layer.activation === 'relu') error = tf.mul(error, tf.step(stage.output));
      const weightSlope: Tensor2D = tf.matMul(stage.input, error, true, false);
      parts.unshift(tf.reshape(weightSlope, [slots.weight.length]), tf.sum(error, 0));
      const isFirst = back === passed.length - 1;
      if (!isFirst) error = tf.matMul(error, weights[2 * index] as Tensor2D, false, true);
    }
    return { loss, gradient: tf.concat1d(parts) };
  }

  /** Cuts the flat vector into weight matrices and bias vectors, in turn. */
  #cut(parameters: Tensor1D): readonly (Tensor1D | Tensor2D)[] {
    const parts: Tensor1D[] = this.#tf.split(parameters, this.#lengths);
    return parts.map((part, i) => {
      const [inputs = 0, units] = this.#shapes[i] ?? [];
      return units === undefined ? part : part.as2D(inputs, units);
    });
  }

  #forward(
    weights: readonly (Tensor1D | Tensor2D)[],
    x: Tensor2D,
    drawMask: DrawMask | null,
  ): { readonly output: Tensor2D; readonly passed: readonly Passed[] } {
    const tf = this.#tf;
    const passed: Passed[] = [];
    let values = x;
    for (const stage of this.#stages) {
      if (stage.kind === 'dropout') {
        if (drawMask === null || stage.rate === 0) continue;
        const [rows, width] = values.shape;
        const mask = drawMask(rows, width, stage.rate);
        passed.push({ kind: 'dropout', mask });
        values = tf.mul(values, mask);
        continue;
      }
      const weight = weights[2 * stage.index] as Tensor2D;
      const bias = weights[2 * stage.index + 1] as Tensor1D;
      const sum: Tensor2D = tf.add(tf.matMul(values, weight), bias);
      const output = stage.slots.layer.activation === 'relu' ? tf.relu(sum) : sum;
      passed.push({ kind: 'dense', input: values, output, stage });
      values = output;
    }
    return { output: values, passed };
  }

  /** Mean loss over the batch and its slope by the network's output (logits for classification). */
  #lossOf(
    output: Tensor2D,
    y: Tensor2D,
    w: Tensor2D | null,
  ): { readonly loss: Scalar; readonly slope: Tensor2D } {
    const tf = this.#tf;
    const rows = output.shape[0];
    const weigh = (values: Tensor2D): Tensor2D => (w === null ? values : tf.mul(values, w));
    if (this.#task === 'classification') {
      const logarithms = tf.logSoftmax(output);
      const loss: Scalar = tf.mul(tf.sum(weigh(tf.mul(logarithms, y))), -1 / rows);
      return { loss, slope: weigh(tf.mul(tf.sub(tf.exp(logarithms), y), 1 / rows)) };
    }
    const error: Tensor2D = tf.sub(output, y);
    return {
      loss: tf.mean(weigh(tf.square(error))),
      slope: weigh(tf.mul(error, 2 / rows)),
    };
  }
}
