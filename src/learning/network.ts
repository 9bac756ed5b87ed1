import { RecetaError } from '../contract/errors.js';

/** Fully connected layer: activation(x · weight + bias). Softmax only as the last layer. */
export interface DenseLayer {
  readonly kind: 'dense';
  readonly units: number;
  readonly activation: 'linear' | 'relu' | 'softmax';
}

/** While training, zeroes each value with probability `rate` and scales the others up; at prediction nothing. */
export interface DropoutLayer {
  readonly kind: 'dropout';
  readonly rate: number;
}

export type Layer = DenseLayer | DropoutLayer;

/** A feed-forward network as data. */
export interface NetworkSpec {
  readonly inputWidth: number;
  readonly layers: readonly Layer[];
}

/** Width of the network's output: one for regression, the number of classes for classification. */
export function outputWidth(network: NetworkSpec): number {
  return network.layers.reduce(
    (width, layer) => (layer.kind === 'dense' ? layer.units : width),
    network.inputWidth,
  );
}

/**
 * Reads a network from untrusted JSON.
 *
 * @throws RecetaError `model-invalid` naming the first thing that is not as it must be
 */
export function parseNetworkSpec(value: unknown): NetworkSpec {
  if (!isRecord(value)) throw invalid('it is not an object');
  const { inputWidth, layers } = value;
  if (!isCount(inputWidth)) throw invalid('inputWidth is not a positive integer');
  if (!Array.isArray(layers)) throw invalid('layers is not a list');
  const parsed = layers.map(parseLayer);
  const last = parsed.at(-1);
  if (last?.kind !== 'dense' || last.activation === 'relu') {
    throw invalid('the last layer is not a dense one with a linear or softmax activation');
  }
  const early = parsed.findIndex(
    (layer, index) =>
      layer.kind === 'dense' && layer.activation === 'softmax' && index < parsed.length - 1,
  );
  if (early >= 0) throw invalid(`layers[${early}] has softmax but is not the last layer`);
  return { inputWidth, layers: parsed };
}

function parseLayer(value: unknown, index: number): Layer {
  const at = `layers[${index}]`;
  if (!isRecord(value)) throw invalid(`${at} is not an object`);
  if (value.kind === 'dropout') {
    const { rate } = value;
    if (typeof rate !== 'number' || !(rate >= 0 && rate < 1)) {
      throw invalid(`${at}.rate is not a number from 0 to below 1`);
    }
    return { kind: 'dropout', rate };
  }
  if (value.kind !== 'dense') throw invalid(`${at}.kind is neither 'dense' nor 'dropout'`);
  const { units, activation } = value;
  if (!isCount(units)) throw invalid(`${at}.units is not a positive integer`);
  if (activation !== 'linear' && activation !== 'relu' && activation !== 'softmax') {
    throw invalid(`${at}.activation is none of linear, relu and softmax`);
  }
  return { kind: 'dense', units, activation };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(found: string): RecetaError {
  return new RecetaError(
    'model-invalid',
    `Reading the network of a model: ${found}. The stored model is damaged or of another version; train it again.`,
  );
}
