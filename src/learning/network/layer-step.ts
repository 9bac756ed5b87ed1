import { activationFunction } from './activation-function.js';
import type { SlotReader } from './encode-row.js';
import type { LinearMap, RowMultiplier } from './multiply-row.js';
import type { ActivationName, Layer } from './network.js';
import type { LayerShape } from './network-shape.js';

/** Turns the values of one row (all copies of it) into the next ones; may change and return those it was given. */
export type LayerStep = (values: Float64Array) => Float64Array;

/**
 * Makes one layer ready to answer.
 *
 * @param read takes the slot's name below the layer
 * @returns `null` where it does nothing at prediction
 */
export function createLayerStep(
  layer: Layer,
  { inputWidth: width, members }: LayerShape,
  read: SlotReader,
  multiply: RowMultiplier,
): LayerStep | null {
  const copies = members ?? 1;
  switch (layer.kind) {
    case 'dense': {
      const factor = layer.parameterization === 'ntk' ? 1 / Math.sqrt(width) : 1;
      const weight = read('weight').map((value) => value * factor);
      const map = { inputs: width, units: layer.units, weight, bias: read('bias') };
      return createLinear(
        Array.from({ length: copies }, () => map),
        multiply,
      );
    }
    case 'member-heads':
      return createLinear(cutHeads(width, layer.units, copies, read), multiply);
    case 'activation':
      return createActivation(layer.activation, layer.parametric ? read('alpha') : null);
    case 'dropout':
      return null;
    case 'batch-norm':
      return createBatchNorm(layer.epsilon, read);
    case 'layer-norm':
      return createLayerNorm(layer.epsilon, width, read);
    case 'scale':
      return createScale(read('scale'));
    case 'members':
      return createCopies(read('factors'), copies);
  }
}

function createLinear(maps: readonly LinearMap[], multiply: RowMultiplier): LayerStep {
  const output = new Float64Array(maps.reduce((sum, { units }) => sum + units, 0));
  return (values) => {
    let from = 0;
    let to = 0;
    for (const map of maps) {
      multiply(map, values, from, output, to);
      from += map.inputs;
      to += map.units;
    }
    return output;
  };
}

function cutHeads(inputs: number, units: number, count: number, read: SlotReader): LinearMap[] {
  const weight = read('weight');
  const bias = read('bias');
  const size = inputs * units;
  return Array.from({ length: count }, (_, member) => ({
    inputs,
    units,
    weight: weight.subarray(member * size, (member + 1) * size),
    bias: bias.subarray(member * units, (member + 1) * units),
  }));
}

function createActivation(name: ActivationName, alpha: Float64Array | null): LayerStep {
  if (name === 'relu' && alpha === null) return applyRelu;
  const activate = activationFunction(name);
  const width = alpha?.length ?? 1;
  return (values) => {
    for (let i = 0; i < values.length; i += 1) {
      const x = values[i] as number;
      const y = activate(x);
      values[i] = alpha === null ? y : x + (alpha[i % width] as number) * (y - x);
    }
    return values;
  };
}

/** The most frequent activation, without a call for each value. */
function applyRelu(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i += 1) {
    if ((values[i] as number) < 0) values[i] = 0;
  }
  return values;
}

function createBatchNorm(epsilon: number, read: SlotReader): LayerStep {
  const mean = read('mean');
  const beta = read('beta');
  const variance = read('variance');
  const factor = read('gamma').map(
    (gamma, i) => gamma / Math.sqrt((variance[i] as number) + epsilon),
  );
  const width = mean.length;
  return (values) => {
    for (let i = 0; i < values.length; i += 1) {
      const column = i % width;
      const centered = (values[i] as number) - (mean[column] as number);
      values[i] = centered * (factor[column] as number) + (beta[column] as number);
    }
    return values;
  };
}

function createLayerNorm(epsilon: number, width: number, read: SlotReader): LayerStep {
  const gamma = read('gamma');
  const beta = read('beta');
  return (values) => {
    for (let start = 0; start < values.length; start += width) {
      const row = values.subarray(start, start + width);
      const mean = row.reduce((sum, value) => sum + value, 0) / width;
      const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width;
      const factor = 1 / Math.sqrt(variance + epsilon);
      for (let i = 0; i < width; i += 1) {
        row[i] = ((row[i] as number) - mean) * factor * (gamma[i] as number) + (beta[i] as number);
      }
    }
    return values;
  };
}

function createScale(scale: Float64Array): LayerStep {
  const width = scale.length;
  return (values) => {
    for (let i = 0; i < values.length; i += 1) {
      values[i] = (values[i] as number) * (scale[i % width] as number);
    }
    return values;
  };
}

function createCopies(factors: Float64Array, copies: number): LayerStep {
  const output = new Float64Array(factors.length);
  const width = factors.length / copies;
  return (values) => {
    for (let i = 0; i < output.length; i += 1) {
      output[i] = (values[i % width] as number) * (factors[i] as number);
    }
    return output;
  };
}
