import type { Tensor } from '@tensorflow/tfjs';
import { computeAdamScales } from '../training/adam-scales.js';
import { answerChunkRows } from '../training/answer-chunk-rows.js';
import { toBatchTargets } from '../training/batch-targets.js';
import { drawMaskKey } from '../training/dropout-counter.js';
import { drawRowOrder, shapeEpoch } from '../training/epoch-order.js';
import type { EpochRates, EpochTrainer, TrainerState } from '../training/epoch-trainer.js';
import type { TrainerOptions } from '../training/trainer-options.js';
import { LoadedGraph } from './loaded-graph.js';
import {
  type ProgramSizes,
  stepRateNames,
  type TrainingProgram,
  writeTrainingProgram,
} from './training-program.js';

/** How long a call may take; the process hears nothing meanwhile. */
const callMs = 500;
/** Steps of the first call, when it is not known how long one takes. */
const firstSteps = 8;

/** Trains with whole epochs compiled into a graph of TensorFlow; needs the backend `tensorflow`. */
export class GraphTrainer implements EpochTrainer {
  readonly #options: TrainerOptions;
  readonly #sizes: ProgramSizes;
  readonly #program: TrainingProgram;
  readonly #graph: LoadedGraph;
  readonly #data: Readonly<Record<string, Tensor>>;
  readonly #validation: readonly Tensor[];
  #state: Readonly<Record<string, Tensor>>;
  #step: number;
  #stepsPerCall = firstSteps;

  constructor(options: TrainerOptions) {
    const { tf, plan, train, state } = options;
    this.#options = options;
    this.#sizes = sizeProgram(options);
    this.#program = writeTrainingProgram(plan, this.#sizes);
    this.#graph = new LoadedGraph(tf, this.#program.savedModel, options.scratchDir);
    const { y, width } = toBatchTargets(plan.network, train);
    // Uploaded arrays may be shared with the backend, and nobody writes to the data.
    this.#data = {
      x: tf.tensor2d(train.x, [train.rowCount, train.width]),
      y: tf.tensor2d(y, [train.rowCount, width]),
      ...(train.w === null ? {} : { w: tf.tensor2d(train.w, [train.rowCount, 1]) }),
    };
    this.#validation = cutValidation(options, this.#sizes.answerRows);
    this.#step = state.step;
    this.#state = uploadState(options);
  }

  get stepsPerEpoch(): number {
    return this.#sizes.steps;
  }

  async trainEpoch(epoch: number, rates: EpochRates): Promise<number> {
    const { tf, train, seed, breathe } = this.#options;
    const { batchSize, steps } = this.#sizes;
    const order = drawRowOrder(train.rowCount, seed, epoch).subarray(0, steps * batchSize);
    const epochTensors = {
      order: tf.tensor2d(order, [steps, batchSize], 'int32'),
      rates: tf.tensor2d(this.#packRates(rates), [steps, stepRateNames.length]),
      key: tf.tensor2d(Int32Array.from(drawMaskKey(seed, epoch)), [1, 2], 'int32'),
    };
    let lossSum: Tensor = tf.scalar(0);
    for (let step = 0; step < steps; ) {
      const end = Math.min(steps, step + this.#stepsPerCall);
      const startedAtMs = performance.now();
      lossSum = this.#learn(epochTensors, lossSum, step, end);
      const stepMs = (performance.now() - startedAtMs) / (end - step);
      this.#stepsPerCall = Math.max(1, Math.floor(callMs / stepMs));
      step = end;
      await breathe();
    }
    const [total = Number.NaN] = lossSum.dataSync();
    tf.dispose([lossSum, ...Object.values(epochTensors)]);
    return total / steps;
  }

  async answerValidation(): Promise<Float32Array> {
    const { validation, breathe } = this.#options;
    const { parameters, average, buffers } = this.#state;
    const chunks: Float32Array[] = [];
    for (const rows of this.#validation) {
      // The state has these two.
      const feed = {
        parameters: (average ?? parameters) as Tensor,
        buffers: buffers as Tensor,
        rows,
      };
      const [answers] = this.#graph.run(feed, ['answers:0']);
      chunks.push(answers?.dataSync<'float32'>() ?? new Float32Array());
      answers?.dispose();
      await breathe();
    }
    return joinRows(chunks, this.#sizes.answerRows, validation.rowCount);
  }

  readState(): TrainerState {
    const { parameters, buffers, average, ...slots } = this.#state;
    const read = (tensor: Tensor | undefined): Float32Array => {
      return tensor?.dataSync<'float32'>().slice() ?? new Float32Array();
    };
    return {
      step: this.#step,
      parameters: read(parameters),
      buffers: read(buffers).subarray(0, this.#options.state.buffers.length),
      slots: Object.values(slots).map(read),
      average: average === undefined ? null : read(average),
    };
  }

  dispose(): void {
    const { tf } = this.#options;
    tf.dispose([this.#data, this.#state, [...this.#validation]]);
    this.#graph.dispose();
  }

  /** Learns from the batches `step` to `end` - 1; all tensors that it replaces are gone afterwards. */
  #learn(
    epoch: Readonly<Record<string, Tensor>>,
    lossSum: Tensor,
    step: number,
    end: number,
  ): Tensor {
    const { tf } = this.#options;
    const loop = { step: tf.scalar(step, 'int32'), end: tf.scalar(end, 'int32'), lossSum };
    const feed: Record<string, Tensor> = { ...loop, ...this.#state, ...this.#data, ...epoch };
    const { inputs, stateNames } = this.#program;
    const wanted = [...stateNames, 'lossSum'];
    const ordered = Object.fromEntries(inputs.map((name) => [name, feed[name] as Tensor]));
    const results = this.#graph.run(
      ordered,
      wanted.map((name) => `loop:${inputs.indexOf(name)}`),
    );
    tf.dispose([loop, this.#state]);
    const named = wanted.map((name, index) => [name, results[index] as Tensor] as const);
    const { lossSum: sum, ...state } = Object.fromEntries(named);
    this.#state = state;
    this.#step += end - step;
    // It is among what was wanted.
    return sum as Tensor;
  }

  #packRates(rates: EpochRates): Float32Array {
    const { steps } = this.#sizes;
    const packed = new Float32Array(steps * stepRateNames.length);
    for (let step = 0; step < steps; step += 1) {
      const { optimizer } = this.#options.plan;
      const { scale, epsilon } = computeAdamScales(optimizer, this.#step + step + 1);
      const { learningRate, weightDecay, dropout } = rates;
      // Schedules give one number a step.
      const scalars = [learningRate[step], weightDecay[step], dropout[step]] as number[];
      packed.set([...scalars, scale, epsilon], step * stepRateNames.length);
    }
    return packed;
  }
}

function sizeProgram({ plan, train, validation }: TrainerOptions): ProgramSizes {
  const chunks = Math.ceil(validation.rowCount / answerChunkRows(plan.network));
  return {
    ...shapeEpoch(train.rowCount, plan.batchSize),
    rowCount: train.rowCount,
    inputWidth: train.width,
    targetWidth: toBatchTargets(plan.network, train).width,
    isWeighted: train.w !== null,
    answerRows: Math.ceil(validation.rowCount / chunks),
  };
}

function uploadState({ tf, state }: TrainerOptions): Readonly<Record<string, Tensor>> {
  const vector = (values: Float32Array): Tensor => tf.tensor1d(values.slice());
  return {
    parameters: vector(state.parameters),
    buffers: vector(state.buffers.length === 0 ? new Float32Array(1) : state.buffers),
    ...Object.fromEntries(state.slots.map((slot, index) => [`slot${index}`, vector(slot)])),
    ...(state.average === null ? {} : { average: vector(state.average) }),
  };
}

/** The validation part in pieces of equal size, the last one filled up with zeros. */
function cutValidation({ tf, validation }: TrainerOptions, rows: number): readonly Tensor[] {
  const { x, width, rowCount } = validation;
  return Array.from({ length: Math.ceil(rowCount / rows) }, (_, index) => {
    const part = x.subarray(index * rows * width, (index + 1) * rows * width);
    const filled = new Float32Array(rows * width);
    filled.set(part);
    return tf.tensor2d(filled, [rows, width]);
  });
}

/** Answers of `rowCount` rows from those of all pieces, of which the last ones belong to no row. */
function joinRows(
  chunks: readonly Float32Array[],
  chunkRows: number,
  rowCount: number,
): Float32Array {
  const outputs = (chunks[0]?.length ?? 0) / chunkRows;
  const joined = new Float32Array(chunks.length * chunkRows * outputs);
  for (const [index, chunk] of chunks.entries()) joined.set(chunk, index * chunkRows * outputs);
  return joined.subarray(0, rowCount * outputs);
}
