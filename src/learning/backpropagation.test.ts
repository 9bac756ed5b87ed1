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

test.each([
  ['classification', 'tensorflow'],
  ['regression', 'tensorflow'],
  ['regression', 'wasm'],
] as const)(
  'the gradient of a %s on %s is the one of automatic differentiation',
  async (task, name) => {
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

    const { loss, gradient } = backpropagation.lossAndGradient(parameters, x, y, () => mask);

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
        ? output.logSoftmax().mul(y).sum(1).mean<Scalar>().neg()
        : output.sub(y).square().mean();
    }
    const expected = automatic(parameters);
    expect(loss.dataSync()[0]).toBeCloseTo(expected.value.dataSync()[0] as number, 5);
    const difference = gradient.sub(expected.grad).abs().max().dataSync()[0];
    expect(difference).toBeLessThan(1e-6);
    expect(expected.grad.abs().max().dataSync()[0]).toBeGreaterThan(0.01);
  },
);
