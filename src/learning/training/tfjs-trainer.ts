import type { Tensor } from '@tensorflow/tfjs';
import { computeAdamScales } from './adam-scales.js';
import { answerChunkRows } from './answer-chunk-rows.js';
import { type Answer, createAnswer } from './answer-program.js';
import { toBatchTargets } from './batch-targets.js';
import { drawMaskKey } from './dropout-counter.js';
import { drawRowOrder, type EpochShape, shapeEpoch } from './epoch-order.js';
import type { EpochRates, EpochTrainer, TrainerState } from './epoch-trainer.js';
import type { StepRates } from './optimizer-step.js';
import { createTrainStep, type StepBatch, type StepState, type TrainStep } from './step-program.js';
import { TfjsOps } from './tfjs-ops.js';
import type { TrainerOptions } from './trainer-options.js';

/** Trains step by step in tensor operations, on whatever tfjs backend is set. */
export class TfjsTrainer implements EpochTrainer {
  readonly #options: TrainerOptions;
  readonly #ops: TfjsOps;
  readonly #shape: EpochShape;
  readonly #learn: TrainStep<Tensor>;
  readonly #answer: Answer<Tensor>;
  readonly #train: StepBatch<Tensor>;
  readonly #validation: Tensor;
  #state: StepState<Tensor>;
  #step: number;

  constructor(options: TrainerOptions) {
    const { tf, plan, train, validation, state } = options;
    this.#options = options;
    this.#ops = new TfjsOps(tf);
    this.#shape = shapeEpoch(train.rowCount, plan.batchSize);
    this.#learn = createTrainStep(this.#ops, plan);
    this.#answer = createAnswer(this.#ops, plan.network);
    const { y, width } = toBatchTargets(plan.network, train);
    // Uploaded arrays may be shared with the backend, and nobody writes to the data.
    this.#train = {
      x: tf.tensor2d(train.x, [train.rowCount, train.width]),
      y: tf.tensor2d(y, [train.rowCount, width]),
      w: train.w === null ? null : tf.tensor2d(train.w, [train.rowCount, 1]),
    };
    this.#validation = tf.tensor2d(validation.x, [validation.rowCount, validation.width]);
    this.#step = state.step;
    this.#state = upload(options);
  }

  get stepsPerEpoch(): number {
    return this.#shape.steps;
  }

  async trainEpoch(epoch: number, rates: EpochRates): Promise<number> {
    const { tf, train, seed, breathe } = this.#options;
    const { batchSize, steps } = this.#shape;
    const order = tf.tensor1d(drawRowOrder(train.rowCount, seed, epoch), 'int32');
    const shuffled = mapBatch(this.#train, (all) => tf.gather(all, order));
    order.dispose();
    const key = drawMaskKey(seed, epoch);
    let lossSum: Tensor = tf.scalar(0);
    for (let step = 0; step < steps; step += 1) {
      this.#ops.beginStep(key, step);
      const before = { state: this.#state, lossSum };
      const batch = (all: Tensor): Tensor => sliceRows(all, step * batchSize, batchSize);
      tf.tidy(() => {
        const stepRates = this.#uploadRates(rates, step);
        const { state, loss } = this.#learn(this.#state, mapBatch(shuffled, batch), stepRates);
        this.#state = state;
        lossSum = tf.add(lossSum, loss);
        return [lossSum, ...tensorsOf(state)];
      });
      this.#step += 1;
      disposeReplaced(before.state, this.#state);
      before.lossSum.dispose();
      await breathe();
    }
    const [total = Number.NaN] = lossSum.dataSync();
    for (const tensor of [lossSum, shuffled.x, shuffled.y, shuffled.w]) tensor?.dispose();
    return total / steps;
  }

  async answerValidation(): Promise<Float32Array> {
    const { tf, plan, validation, breathe } = this.#options;
    const { parameters, average, buffers } = this.#state;
    const chunkRows = answerChunkRows(plan.network);
    const chunks: Float32Array[] = [];
    for (let start = 0; start < validation.rowCount; start += chunkRows) {
      const rows = Math.min(chunkRows, validation.rowCount - start);
      const chunk = tf.tidy(() => {
        const x = sliceRows(this.#validation, start, rows);
        return this.#answer(average ?? parameters, buffers, x).dataSync<'float32'>();
      });
      chunks.push(chunk);
      await breathe();
    }
    return joinChunks(chunks);
  }

  readState(): TrainerState {
    const { parameters, buffers, slots, average } = this.#state;
    const read = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>().slice();
    return {
      step: this.#step,
      parameters: read(parameters),
      buffers: read(buffers).subarray(0, this.#options.state.buffers.length),
      slots: slots.map(read),
      average: average === null ? null : read(average),
    };
  }

  dispose(): void {
    const { x, y, w } = this.#train;
    for (const tensor of [x, y, w, this.#validation, ...tensorsOf(this.#state)]) tensor?.dispose();
    this.#ops.dispose();
  }

  #uploadRates(rates: EpochRates, step: number): StepRates<Tensor> {
    const { tf, plan } = this.#options;
    const adam = computeAdamScales(plan.optimizer, this.#step + 1);
    // Schedules give one number a step.
    const scalar = (values: Float32Array): Tensor => tf.scalar(values[step] as number);
    return {
      learningRate: scalar(rates.learningRate),
      weightDecay: scalar(rates.weightDecay),
      dropout: scalar(rates.dropout),
      adamScale: tf.scalar(adam.scale),
      adamEpsilon: tf.scalar(adam.epsilon),
    };
  }
}

function upload({ tf, state }: TrainerOptions): StepState<Tensor> {
  const vector = (values: Float32Array): Tensor => tf.tensor1d(values.slice());
  return {
    parameters: vector(state.parameters),
    // No backend has tensors of no elements that can be computed with everywhere.
    buffers: vector(state.buffers.length === 0 ? new Float32Array(1) : state.buffers),
    slots: state.slots.map(vector),
    average: state.average === null ? null : vector(state.average),
  };
}

function mapBatch(
  { x, y, w }: StepBatch<Tensor>,
  map: (tensor: Tensor) => Tensor,
): StepBatch<Tensor> {
  return { x: map(x), y: map(y), w: w === null ? null : map(w) };
}

function sliceRows(tensor: Tensor, start: number, rows: number): Tensor {
  return tensor.slice([start, 0], [rows, tensor.shape[1] ?? 0]);
}

function tensorsOf({ parameters, buffers, slots, average }: StepState<Tensor>): Tensor[] {
  return [parameters, buffers, ...slots, ...(average === null ? [] : [average])];
}

function disposeReplaced(before: StepState<Tensor>, after: StepState<Tensor>): void {
  const kept = new Set(tensorsOf(after));
  for (const tensor of tensorsOf(before)) if (!kept.has(tensor)) tensor.dispose();
}

function joinChunks(chunks: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return joined;
}
