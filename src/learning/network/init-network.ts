import { createRandomStream, type RandomStream } from '../../contract/random-stream.js';
import { drawEncoder, fillEncoderBuffers } from './init-encoder.js';
import { initFromData } from './init-from-data.js';
import { drawMembers } from './init-members.js';
import type { InitRule } from './init-rule.js';
import type { NetworkSpec } from './network.js';
import type { NetworkNumbers } from './network-tensors.js';
import { layoutNetwork, type Slot } from './parameter-layout.js';
import type { FeatureSample } from './sorted-column.js';

export interface InitOptions {
  readonly seed: number;
  /**
   * `he`: weights uniform with variance 2 / inputs (He et al. 2015) and 1 / (12 inputs) in the last layer, so that first
   * answers are close to the mean; biases 0. `data-driven`: as RealMLP, see `initFromData`. `tabm`: weights and biases
   * uniform within 1 / sqrt(inputs), members of random factors.
   */
  readonly style: 'he' | 'data-driven' | 'tabm';
  /** Rows of the train part, of the network's input width. */
  readonly sample: FeatureSample;
  /** Standard deviation of the frequencies of periodic encoding; 0.1 unless given. */
  readonly frequencyScale?: number;
  /** Edges of the bins of each number, where numbers are encoded piecewise linearly. */
  readonly edges?: readonly Float32Array[];
}

/** The stream of a training's seed from which its first parameters come. */
const initialStream = 0;

/** Parameters and buffers before the first step; the same for the same network, seed and sample. */
export function initNetwork(network: NetworkSpec, options: InitOptions): NetworkNumbers {
  const { style, sample, seed, edges = [] } = options;
  const layout = layoutNetwork(network);
  const random = createRandomStream(seed, initialStream);
  const numbers = {
    parameters: new Float32Array(layout.parameterCount),
    buffers: new Float32Array(layout.bufferCount),
  };
  for (const slot of layout.buffers) {
    if (slot.name.endsWith('.variance')) fill(numbers.buffers, slot, () => 1);
  }
  fillEncoderBuffers(network.encoder, sample, edges, layout, numbers.buffers);
  for (const slot of layout.parameters) {
    fill(numbers.parameters, slot, ruleOf(network, options, slot, layout.parameters, random));
  }
  if (style === 'data-driven') initFromData(network, layout.parameters, numbers, sample, random);
  return numbers;
}

function fill(values: Float32Array, { offset, length }: Slot, rule: InitRule): void {
  for (let i = 0; i < length; i += 1) values[offset + i] = rule(i);
}

function ruleOf(
  network: NetworkSpec,
  { style, frequencyScale = 0.1 }: InitOptions,
  slot: Slot,
  slots: readonly Slot[],
  random: RandomStream,
): InitRule {
  switch (slot.role) {
    case 'scale':
    case 'activation':
      return () => 1;
    case 'norm':
      return slot.name.endsWith('.gamma') ? () => 1 : () => 0;
    case 'embedding':
    case 'number-encoding':
      return drawEncoder(network.encoder, slot, random, frequencyScale);
    case 'members':
      return drawMembers(network.encoder, slot, random);
    case 'weight':
    case 'bias':
      return drawLinear(style, slot, slots, random);
  }
}

function drawLinear(
  style: InitOptions['style'],
  { name, role, shape }: Slot,
  slots: readonly Slot[],
  random: RandomStream,
): InitRule {
  const isLast = slots.at(-1)?.name.startsWith(name.slice(0, name.lastIndexOf('.'))) === true;
  if (role === 'bias') {
    // Its weight lies just before it.
    const weight = slots.find((slot) => slot.name === name.replace(/bias$/, 'weight')) as Slot;
    const reach = 1 / Math.sqrt(weight.shape.at(-2) as number);
    return style === 'tabm' ? () => (2 * random() - 1) * reach : () => 0;
  }
  const inputs = shape.at(-2) as number;
  const heReach = isLast ? 0.5 / Math.sqrt(inputs) : Math.sqrt(6 / inputs);
  const reach = style === 'tabm' ? 1 / Math.sqrt(inputs) : heReach;
  return () => (2 * random() - 1) * reach;
}
