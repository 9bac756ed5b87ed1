import { RecetaError } from '../contract/errors.js';
import { type NetworkSpec, outputWidth } from './network.js';
import type { NetworkWeights } from './network-weights.js';
import { layoutParameters } from './parameter-layout.js';

/**
 * Answers of a network for a batch of rows, without any native library. Each row goes through the same
 * arithmetic on its own, so a row's answer is equal to the bit whether it comes alone or among others.
 *
 * @param weights of `document.network`, as `decodeNetworkWeights` reads them
 * @param x n x inputWidth, row-major
 * @returns n x outputs, row-major: class probabilities, or the scaled target
 * @throws RecetaError `model-invalid` when x is no whole number of rows of that width
 */
export function predictBatch(
  document: { readonly network: NetworkSpec },
  weights: NetworkWeights,
  x: Float32Array,
): Float32Array {
  const { network } = document;
  const rowCount = x.length / network.inputWidth;
  if (!Number.isInteger(rowCount)) {
    throw new RecetaError(
      'model-invalid',
      `Predicting: ${x.length} feature values are no whole number of rows of ${network.inputWidth}. ` +
        "The model's feature program does not belong to its network; train it again.",
    );
  }
  const forward = createRowForward(network, weights);
  const width = outputWidth(network);
  const answers = new Float32Array(rowCount * width);
  for (let row = 0; row < rowCount; row += 1) {
    const input = x.subarray(row * network.inputWidth, (row + 1) * network.inputWidth);
    answers.set(forward(input), row * width);
  }
  return answers;
}

interface DensePass {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly activation: 'linear' | 'relu' | 'softmax';
  readonly output: Float64Array;
}

/** The returned function writes into buffers of its own, which the next call overwrites. */
function createRowForward(
  network: NetworkSpec,
  weights: NetworkWeights,
): (row: Float32Array) => Float64Array {
  const passes = layoutParameters(network).map(({ layer }, index): DensePass => {
    const dense = weights[index];
    if (dense === undefined) {
      throw new RecetaError(
        'model-invalid',
        `Predicting: the weights of dense layer ${index} are missing.`,
      );
    }
    const output = new Float64Array(layer.units);
    return { ...dense, activation: layer.activation, output };
  });
  return (row) => {
    let values: Float32Array | Float64Array = row;
    for (const pass of passes) {
      multiplyAdd(values, pass);
      if (pass.activation === 'relu') applyRelu(pass.output);
      if (pass.activation === 'softmax') applySoftmax(pass.output);
      values = pass.output;
    }
    return values as Float64Array;
  };
}

/** Walks the weight row by row in memory order, and skips rows of zero inputs (one-hot, ReLU). */
function multiplyAdd(
  input: Float32Array | Float64Array,
  { weight, bias, output }: DensePass,
): void {
  const units = output.length;
  output.set(bias);
  for (let i = 0; i < input.length; i += 1) {
    const value = input[i] as number;
    if (value === 0) continue;
    const start = i * units;
    for (let j = 0; j < units; j += 1) {
      // Both indices are inside: weight holds input.length x units numbers.
      output[j] = (output[j] as number) + value * (weight[start + j] as number);
    }
  }
}

function applyRelu(values: Float64Array): void {
  for (let j = 0; j < values.length; j += 1) {
    if ((values[j] as number) < 0) values[j] = 0;
  }
}

/** Shifted by the maximum, so no exponential overflows. */
function applySoftmax(values: Float64Array): void {
  const highest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let j = 0; j < values.length; j += 1) {
    const power = Math.exp((values[j] as number) - highest);
    values[j] = power;
    sum += power;
  }
  for (let j = 0; j < values.length; j += 1) values[j] = (values[j] as number) / sum;
}
