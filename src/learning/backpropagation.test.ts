import type { Scalar, Tensor1D } from '@tensorflow/tfjs';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Task } from '../contract/pipeline-plan.js';
import { createRandomStream } from '../contract/random-stream.js';
import { Backpropagation } from './backpropagation.js';
import { loadBackend } from './load-backend.js';
import type { NetworkSpec } from './network.js';
import { countParameters } from './parameter-layout.js';

// TensorFlow greets on stderr unless told not to before it is loaded.
beforeAll(() => {
  vi.stubEnv('TF_CPP_MIN_LOG_LEVEL', '3');
  vi.stubEnv('TF_ENABLE_ONEDNN_OPTS', '0');
});

function createNetwork(task: Task): NetworkSpec {
  return {
    inputWidth: 4,
    layers: [
      { kind: 'dense', units: 9, activation: 'relu' },
      { kind: 'dropout', rate: 0.3 },
      { kind: 'dense', units: 6, activation: 'relu' },
      task === 'classification'
        ? { kind: 'dense', units: 3, activation: 'softmax' }
        : { kind: 'dense', units: 1, activation: 'linear' },
    ],
  };
}

test.each(['classification', 'regression'] as const)(
  'in a %s a row of weight 2 is the row twice, and a row of weight 0 is no row',
  async (task) => {
    const { tf } = await loadBackend('tensorflow');
    const network: NetworkSpec = {
      ...createNetwork(task),
      layers: createNetwork(task).layers.filter(({ kind }) => kind === 'dense'),
    };
    const random = createRandomStream(6, 0);
    const draw = (length: number) => Float32Array.from({ length }, () => 2 * random() - 1);
    const parameters = tf.tensor1d(draw(countParameters(network)));
    const x = tf.tensor2d(draw(3 * 4), [3, 4]);
    const y = task === 'classification' ? tf.eye(3) : tf.tensor2d(draw(3), [3, 1]);
    const backpropagation = new Backpropagation(tf, network, task);
    const noMask = () => {
      throw new Error('the network has no dropout');
    };
    const learn = (rows: readonly number[], weights: readonly number[] | null) =>
      backpropagation.lossAndGradient(
        parameters,
        {
          x: tf.gather(x, [...rows]),
          y: tf.gather(y, [...rows]),
          w: weights === null ? null : tf.tensor2d([...weights], [rows.length, 1]),
        },
        noMask,
      );

    const weighted = learn([0, 1, 2], [2, 1, 0]);

    // Three rows of weight 1 on average stand for the two rows of which one comes twice.
    const repeated = learn([0, 0, 1], null);
    expect(weighted.loss.dataSync()[0]).toBeCloseTo(repeated.loss.dataSync()[0] as number, 6);
    const difference = weighted.gradient.sub(repeated.gradient).abs().max().dataSync()[0];
    expect(difference).toBeLessThan(1e-6);
    const other = learn([0, 1, 2], null).gradient.sub(repeated.gradient).abs().max();
    expect(other.dataSync()[0]).toBeGreaterThan(0.01);
  },
);

test.each([
  ['classification', 'tensorflow', false],
  ['regression', 'tensorflow', false],
  ['classification', 'tensorflow', true],
  ['regression', 'tensorflow', true],
  // Last, since it stays the backend of this process.
  ['regression', 'wasm', false],
] as const)(
  'the gradient of a %s on %s is the one of automatic differentiation (with weights: %s)',
  async (task, name, isWeighted) => {
    const { tf } = await loadBackend(name);
    const network = createNetwork(task);
    const random = createRandomStream(5, 0);
    const draw = (length: number) => Float32Array.from({ length }, () => 2 * random() - 1);
    const rows = 8;
    const parameters = tf.tensor1d(draw(countParameters(network)));
    const x = tf.tensor2d(draw(rows * 4), [rows, 4]);
    const y =
      task === 'classification'
        ? tf.tensor2d(
            Array.from({ length: rows }, (_, row) => [0, 1, 2].map((k) => Number(k === row % 3))),
          )
        : tf.tensor2d(draw(rows), [rows, 1]);
    const mask = tf.tensor2d(
      draw(rows * 9).map((value) => (value < -0.4 ? 0 : 1 / 0.7)),
      [rows, 9],
    );
    const backpropagation = new Backpropagation(tf, network, task);

    const weights = tf.tensor2d(draw(rows).map(isWeighted ? Math.abs : () => 1), [rows, 1]);
    const w = isWeighted ? weights : null;

    const { loss, gradient } = backpropagation.lossAndGradient(parameters, { x, y, w }, () => mask);

    const automatic = tf.valueAndGrad((values) => lossByOperations(values as Tensor1D));
    function lossByOperations(values: Tensor1D): Scalar {
      const part = (begin: number, size: number) => values.slice([begin], [size]);
      const width = task === 'classification' ? 3 : 1;
      const first = x.matMul(part(0, 36).as2D(4, 9)).add(part(36, 9)).relu().mul(mask);
      const second = first.matMul(part(45, 54).as2D(9, 6)).add(part(99, 6)).relu();
      const output = second
        .matMul(part(105, 6 * width).as2D(6, width))
        .add(part(105 + 6 * width, width));
      return task === 'classification'
        ? output.logSoftmax().mul(y).mul(weights).sum(1).mean<Scalar>().neg()
        : output.sub(y).square().mul(weights).mean();
    }
    const expected = automatic(parameters);
    expect(loss.dataSync()[0]).toBeCloseTo(expected.value.dataSync()[0] as number, 5);
    const difference = gradient.sub(expected.grad).abs().max().dataSync()[0];
    expect(difference).toBeLessThan(1e-6);
    expect(expected.grad.abs().max().dataSync()[0]).toBeGreaterThan(0.01);
  },
);
