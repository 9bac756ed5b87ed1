import type { DenseLayer, NetworkSpec } from './network.js';

/** Where one weight matrix or bias vector lies in the flat vector of all parameters of a network. */
export interface ParameterSlot {
  /** `layers.<index among the dense layers>.weight` or `.bias`. */
  readonly name: string;
  /** [inputs, units] of a weight, [units] of a bias. */
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

/** A dense layer together with its two slots. */
export interface DenseSlots {
  readonly layer: DenseLayer;
  readonly inputs: number;
  readonly weight: ParameterSlot;
  readonly bias: ParameterSlot;
}

/** Lays out all parameters of a network one after the other: weight and bias of each dense layer in order. */
export function layoutParameters(network: NetworkSpec): readonly DenseSlots[] {
  const dense: DenseSlots[] = [];
  let inputs = network.inputWidth;
  let offset = 0;
  for (const layer of network.layers) {
    if (layer.kind !== 'dense') continue;
    const weight = slot(`layers.${dense.length}.weight`, [inputs, layer.units], offset);
    const bias = slot(`layers.${dense.length}.bias`, [layer.units], offset + weight.length);
    dense.push({ layer, inputs, weight, bias });
    offset = bias.offset + bias.length;
    inputs = layer.units;
  }
  return dense;
}

/** Number of trainable parameters of a network. */
export function countParameters(network: NetworkSpec): number {
  return layoutParameters(network).reduce(
    (sum, { weight, bias }) => sum + weight.length + bias.length,
    0,
  );
}

function slot(name: string, shape: readonly number[], offset: number): ParameterSlot {
  return { name, shape, offset, length: shape.reduce((product, size) => product * size, 1) };
}
