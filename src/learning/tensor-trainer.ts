import type { Scalar, Tensor1D } from '@tensorflow/tfjs';
import type { Task } from '../contract/pipeline-plan.js';
import { type AdamwVectors, updateAdamw } from './adamw.js';
import { Backpropagation, type Batch, type DrawMask } from './backpropagation.js';
import { learningRateFactor } from './learning-rate.js';
import type { Tfjs } from './load-backend.js';
import type { NetworkSpec } from './network.js';
import type { NetworkTrainer, OptimizerState } from './network-trainer.js';
import { countParameters, layoutParameters } from './parameter-layout.js';
import type { TrainingData } from './training-data.js';
import { createDropoutStream, drawDropoutMask, drawRowOrder } from './training-randomness.js';

export interface TensorTrainerOptions {
  readonly tf: Tfjs;
  readonly task: Task;
  readonly network: NetworkSpec;
  readonly train: TrainingData;
  readonly validation: TrainingData;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly epochs: number;
  readonly seed: number;
  readonly state: OptimizerState;
  /** Awaited between batches, so that the process can hear that it is to end. */
  readonly breathe: () => Promise<void>;
}

/** Rows of the validation part that are looked at together; bounds memory. */
const validationChunkRows = 8_192;

/** Trains with mini-batches and AdamW in tensor operations that every tfjs backend has. */
export class TensorTrainer implements NetworkTrainer {
  readonly #options: TensorTrainerOptions;
  readonly #network: Backpropagation;
  readonly #train: Batch;
  readonly #validation: Batch;
  readonly #decay;
  #vectors: AdamwVectors;
  #step: number;

  constructor(options: TensorTrainerOptions) {
    const { tf, state } = options;
    this.#options = options;
    this.#network = new Backpropagation(tf, options.network, options.task);
    this.#train = toTensors(tf, options.train);
    this.#validation = toTensors(tf, options.validation);
    this.#decay = tf.tensor1d(toDecayMask(options.network));
    this.#step = state.step;
    // Uploaded arrays may be shared with the backend, so it gets copies of its own.
    this.#vectors = {
      parameters: tf.tensor1d(state.parameters.slice()),
      firstMoment: tf.tensor1d(state.firstMoment.slice()),
      secondMoment: tf.tensor1d(state.secondMoment.slice()),
    };
  }

  async trainEpoch(epoch: number): Promise<number> {
    const { tf, train, batchSize, seed, breathe } = this.#options;
    const order = tf.tensor1d(drawRowOrder(train.rowCount, seed, epoch), 'int32');
    const shuffled = this.#gatherTrain(order);
    const drawMask = this.#createMasks(epoch);
    let lossSum: Scalar = tf.scalar(0);
    for (let start = 0; start < train.rowCount; start += batchSize) {
      const rows = Math.min(batchSize, train.rowCount - start);
      const sum = lossSum;
      const next = tf.tidy(() => {
        const batch = sliceRows(shuffled, start, rows);
        const { loss, vectors } = this.#learn(batch, drawMask);
        return { ...vectors, lossSum: tf.add<Scalar>(sum, tf.mul(loss, rows)) };
      });
      tf.dispose([
        this.#vectors.parameters,
        this.#vectors.firstMoment,
        this.#vectors.secondMoment,
        sum,
      ]);
      ({ lossSum, ...this.#vectors } = next);
      await breathe();
    }
    const [total = Number.NaN] = lossSum.dataSync();
    tf.dispose([order, shuffled.x, shuffled.y, lossSum]);
    shuffled.w?.dispose();
    return total / train.rowCount;
  }

  validate(): number {
    const { tf, task, validation } = this.#options;
    let lossSum = 0;
    for (let start = 0; start < validation.rowCount; start += validationChunkRows) {
      const rows = Math.min(validationChunkRows, validation.rowCount - start);
      const loss = tf.tidy(() => {
        const chunk = sliceRows(this.#validation, start, rows);
        return this.#network.loss(this.#vectors.parameters, chunk).dataSync()[0];
      });
      lossSum += (loss ?? Number.NaN) * rows;
    }
    const mean = lossSum / validation.rowCount;
    return task === 'regression' ? Math.sqrt(mean) : mean;
  }

  readState(): OptimizerState {
    const { parameters, firstMoment, secondMoment } = this.#vectors;
    return {
      step: this.#step,
      parameters: parameters.dataSync<'float32'>(),
      firstMoment: firstMoment.dataSync<'float32'>(),
      secondMoment: secondMoment.dataSync<'float32'>(),
    };
  }

  #gatherTrain(order: Tensor1D): Batch {
    const { tf } = this.#options;
    const { x, y, w } = this.#train;
    return {
      x: tf.gather(x, order),
      y: tf.gather(y, order),
      w: w === null ? null : tf.gather(w, order),
    };
  }

  #learn(batch: Batch, drawMask: DrawMask): { loss: Scalar; vectors: AdamwVectors } {
    const { tf, train, batchSize, epochs, weightDecay } = this.#options;
    const { loss, gradient } = this.#network.lossAndGradient(
      this.#vectors.parameters,
      batch,
      drawMask,
    );
    this.#step += 1;
    const step = this.#step;
    const totalSteps = Math.ceil(train.rowCount / batchSize) * epochs;
    const learningRate = this.#options.learningRate * learningRateFactor(step, totalSteps);
    const rates = { step, learningRate, weightDecay };
    return { loss, vectors: updateAdamw(tf, this.#vectors, gradient, this.#decay, rates) };
  }

  #createMasks(epoch: number): DrawMask {
    const { tf, seed } = this.#options;
    const random = createDropoutStream(seed, epoch);
    return (rows, width, rate) =>
      tf.tensor2d(drawDropoutMask(rows * width, rate, random), [rows, width]);
  }
}

function toTensors(tf: Tfjs, { rowCount, width, x, y, w }: TrainingData): Batch {
  return {
    x: tf.tensor2d(x, [rowCount, width]),
    y: tf.tensor2d(y, [rowCount, y.length / rowCount]),
    w: w === null ? null : tf.tensor2d(w, [rowCount, 1]),
  };
}

function sliceRows({ x, y, w }: Batch, start: number, rows: number): Batch {
  return {
    x: x.slice([start, 0], [rows, x.shape[1]]),
    y: y.slice([start, 0], [rows, y.shape[1]]),
    w: w === null ? null : w.slice([start, 0], [rows, 1]),
  };
}

/** 1 for every weight, 0 for every bias. */
function toDecayMask(network: NetworkSpec): Float32Array {
  const mask = new Float32Array(countParameters(network));
  for (const { weight } of layoutParameters(network)) {
    mask.fill(1, weight.offset, weight.offset + weight.length);
  }
  return mask;
}
