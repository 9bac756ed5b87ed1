import type { RandomStream } from '../../contract/random-stream.js';
import { drawNormal } from './draw-normal.js';
import { createRowEncoder, type SlotReader } from './encode-row.js';
import { createLayerStep } from './layer-step.js';
import { createRowMultiplier } from './multiply-row.js';
import type { NetworkSpec } from './network.js';
import { type LayerShape, traceShapes } from './network-shape.js';
import type { NetworkNumbers } from './network-tensors.js';
import type { Slot } from './parameter-layout.js';
import { createSlotReader } from './slot-reader.js';
import type { FeatureSample } from './sorted-column.js';

/** Rows that go through the network; the spread of a unit is known to about 2 % from so many. */
const sampleRows = 2_048;
/** Rows whose values make a bias. */
const biasRows = 5;

/**
 * Sets weights and biases of dense layers by what the sample does in them, layer after layer (RealMLP): weights are
 * N(0, 1), divided so that each unit has a standard deviation of 1 over the rows; a bias is minus a random convex
 * combination of five rows' values of the unit ("he+5"), so that the kink of the activation lies among the data.
 *
 * @param numbers with everything else filled in; dense layers are overwritten
 */
export function initFromData(
  network: NetworkSpec,
  slots: readonly Slot[],
  numbers: NetworkNumbers,
  sample: FeatureSample,
  random: RandomStream,
): void {
  const shapes = traceShapes(network);
  const read = createSlotReader(network, numbers);
  const multiply = createRowMultiplier(Math.max(...shapes.map(({ inputWidth }) => inputWidth)));
  let rows = encodeSample(network, read, sample, random);
  for (const [index, layer] of network.layers.entries()) {
    const prefix = `layers.${index}.`;
    // There is one shape a layer.
    const shape = shapes[index] as LayerShape;
    const create = () =>
      createLayerStep(layer, shape, (name) => read(`${prefix}${name}`), multiply);
    if (layer.kind === 'dense') {
      const find = (name: string) => slots.find((slot) => slot.name === `${prefix}${name}`) as Slot;
      const weight = cut(numbers.parameters, find('weight'));
      const bias = cut(numbers.parameters, find('bias'));
      for (let i = 0; i < weight.length; i += 1) weight[i] = drawNormal(random);
      bias.fill(0);
      scaleUnits(weight, applyStep(create(), rows));
      drawBiases(bias, applyStep(create(), rows), random);
    }
    rows = applyStep(create(), rows);
  }
}

function cut(values: Float32Array, { offset, length }: Slot): Float32Array {
  return values.subarray(offset, offset + length);
}

function encodeSample(
  { encoder, inputWidth }: NetworkSpec,
  read: SlotReader,
  { x, rowCount }: FeatureSample,
  random: RandomStream,
): readonly Float64Array[] {
  const encode = createRowEncoder(encoder, read);
  const count = Math.min(rowCount, sampleRows);
  return Array.from({ length: count }, (_, index) => {
    const row = rowCount <= sampleRows ? index : Math.floor(random() * rowCount);
    return encode(x, row * inputWidth).slice();
  });
}

function applyStep(
  step: ((values: Float64Array) => Float64Array) | null,
  rows: readonly Float64Array[],
): readonly Float64Array[] {
  return step === null ? rows : rows.map((row) => step(row.slice()).slice());
}

/** Divides each column of the weight by the standard deviation of its unit. */
function scaleUnits(weight: Float32Array, outputs: readonly Float64Array[]): void {
  const units = outputs[0]?.length ?? 0;
  for (let unit = 0; unit < units; unit += 1) {
    const values = outputs.map((row) => row[unit] as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    // A unit that is the same for all rows keeps its weights.
    const factor = variance > 0 ? 1 / Math.sqrt(variance) : 1;
    for (let i = unit; i < weight.length; i += units) weight[i] = (weight[i] as number) * factor;
  }
}

function drawBiases(
  bias: Float32Array,
  outputs: readonly Float64Array[],
  random: RandomStream,
): void {
  for (let unit = 0; unit < bias.length; unit += 1) {
    let total = 0;
    let sum = 0;
    for (let k = 0; k < biasRows; k += 1) {
      const row = outputs[Math.floor(random() * outputs.length)] as Float64Array;
      const share = -Math.log(1 - random());
      total += share;
      sum += share * (row[unit] as number);
    }
    bias[unit] = total > 0 ? -sum / total : 0;
  }
}
