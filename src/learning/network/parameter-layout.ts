import type { InputEncoder, Layer, NetworkSpec } from './network.js';
import { type LayerShape, traceShapes } from './network-shape.js';

/** What a vector of parameters does in its network; learning rates and decay are set by role. */
export type ParameterRole =
  | 'weight'
  | 'bias'
  | 'scale'
  | 'activation'
  | 'embedding'
  | 'number-encoding'
  | 'members'
  | 'norm';

/** Where one array lies in the flat vector of all parameters, or of all buffers, of a network. */
export interface Slot {
  /** Name of its tensor, e.g. `encoder.frequencies`, `layers.2.weight` (the index among all layers). */
  readonly name: string;
  readonly role: ParameterRole;
  /** Row-major. */
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

export interface NetworkLayout {
  /** Learned. */
  readonly parameters: readonly Slot[];
  readonly parameterCount: number;
  /** Fixed by the data before training (center, factor, edges), or moved along (statistics of batch norm). */
  readonly buffers: readonly Slot[];
  readonly bufferCount: number;
}

type Declaration = Pick<Slot, 'name' | 'role' | 'shape'>;

/**
 * Lays out all parameters and buffers of a network one after the other: the encoder, then layer by layer.
 *
 * With n numbers, m binaries, f frequencies, s numbers of an encoding and t bins in all:
 * - encoder, periodic: `encoder.frequencies` [n, f], `encoder.phases` [n, f], `encoder.weight` [n, f, s],
 *   `encoder.bias` [n, s]
 * - encoder, piecewise-linear: `encoder.weight` [n, s], `encoder.bias` [n, s], `encoder.bins` [t, s], column after
 *   column; buffer `encoder.edges` [t + n], bins + 1 of each column
 * - encoder, embedding of `indexes[i]`: `encoder.embeddings.<i>` [cardinality, size]
 * - encoder, robust clip: buffers `encoder.center` and `encoder.factor` [n + m], numbers before binaries
 * - dense: `weight` [inputs, units], `bias` [units]
 * - parametric activation: `alpha` [width]
 * - batch norm: `gamma`, `beta` [width], buffers `mean`, `variance` [width]; layer norm: `gamma`, `beta` [width]
 * - scale: `scale` [width]
 * - members: `factors` [count, width]
 * - member heads: `weight` [count, inputs, units], `bias` [count, units]
 *
 * each below `layers.<index among all layers>.`.
 */
export function layoutNetwork(network: NetworkSpec): NetworkLayout {
  const shapes = traceShapes(network);
  const layers = network.layers.map((layer, index) => {
    // There is one shape a layer.
    return declareLayer(layer, shapes[index] as LayerShape, `layers.${index}.`);
  });
  const parameters = toSlots([
    ...declareEncoder(network.encoder),
    ...layers.flatMap((layer) => layer.parameters),
  ]);
  const buffers = toSlots([
    ...declareEncoderBuffers(network.encoder),
    ...layers.flatMap((layer) => layer.buffers),
  ]);
  return {
    parameters,
    parameterCount: countNumbers(parameters),
    buffers,
    bufferCount: countNumbers(buffers),
  };
}

function declareEncoder({ numbers, numberEncoding, indexes }: InputEncoder): Declaration[] {
  const declared: Declaration[] = [];
  const n = numbers.length;
  const encoding = (name: string, ...shape: number[]): void => {
    declared.push({ name: `encoder.${name}`, role: 'number-encoding', shape });
  };
  if (n > 0 && numberEncoding.kind === 'periodic') {
    const { frequencies, size } = numberEncoding;
    encoding('frequencies', n, frequencies);
    encoding('phases', n, frequencies);
    encoding('weight', n, frequencies, size);
    encoding('bias', n, size);
  }
  if (n > 0 && numberEncoding.kind === 'piecewise-linear') {
    const { bins, size } = numberEncoding;
    encoding('weight', n, size);
    encoding('bias', n, size);
    encoding('bins', sum(bins), size);
  }
  for (const [index, { cardinality, size }] of indexes.entries()) {
    const name = `encoder.embeddings.${index}`;
    declared.push({ name, role: 'embedding', shape: [cardinality, size] });
  }
  return declared;
}

function declareEncoderBuffers({
  numbers,
  binaries,
  numberEncoding,
  robustClip,
}: InputEncoder): Declaration[] {
  const declared: Declaration[] = [];
  const buffer = (name: string, length: number): void => {
    declared.push({ name: `encoder.${name}`, role: 'number-encoding', shape: [length] });
  };
  const scaled = numbers.length + binaries.length;
  if (robustClip && scaled > 0) {
    buffer('center', scaled);
    buffer('factor', scaled);
  }
  if (numberEncoding.kind === 'piecewise-linear' && numbers.length > 0) {
    buffer('edges', sum(numberEncoding.bins) + numbers.length);
  }
  return declared;
}

function declareLayer(
  layer: Layer,
  { inputWidth: width, members }: LayerShape,
  prefix: string,
): { readonly parameters: readonly Declaration[]; readonly buffers: readonly Declaration[] } {
  const slot = (name: string, role: ParameterRole, ...shape: number[]): Declaration => {
    return { name: `${prefix}${name}`, role, shape };
  };
  const learned = (...parameters: Declaration[]) => ({ parameters, buffers: [] });
  const norm = () => [slot('gamma', 'norm', width), slot('beta', 'norm', width)];
  switch (layer.kind) {
    case 'dense':
      return learned(
        slot('weight', 'weight', width, layer.units),
        slot('bias', 'bias', layer.units),
      );
    case 'activation':
      return layer.parametric ? learned(slot('alpha', 'activation', width)) : learned();
    case 'dropout':
      return learned();
    case 'batch-norm':
      return {
        parameters: norm(),
        buffers: [slot('mean', 'norm', width), slot('variance', 'norm', width)],
      };
    case 'layer-norm':
      return learned(...norm());
    case 'scale':
      return learned(slot('scale', 'scale', width));
    case 'members':
      return learned(slot('factors', 'members', layer.count, width));
    case 'member-heads': {
      const count = members ?? 1;
      return learned(
        slot('weight', 'weight', count, width, layer.units),
        slot('bias', 'bias', count, layer.units),
      );
    }
  }
}

function toSlots(declared: readonly Declaration[]): readonly Slot[] {
  let offset = 0;
  return declared.map((declaration) => {
    const length = declaration.shape.reduce((product, size) => product * size, 1);
    const slot = { ...declaration, offset, length };
    offset += length;
    return slot;
  });
}

function countNumbers(slots: readonly Slot[]): number {
  const last = slots.at(-1);
  return last === undefined ? 0 : last.offset + last.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
