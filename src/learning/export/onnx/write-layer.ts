import type { SlotReader } from '../../network/encode-row.js';
import type { ActivationName, Layer } from '../../network/network.js';
import type { LayerShape } from '../../network/network-shape.js';
import type { OnnxWriter, ValueName } from './onnx-writer.js';

/**
 * Writes what a layer does at prediction with [rows, width], or [members, rows, width].
 *
 * @param read takes the slot's name below the layer
 */
export function writeLayer(
  writer: OnnxWriter,
  layer: Layer,
  { inputWidth: width, members }: LayerShape,
  x: ValueName,
  read: SlotReader,
): ValueName {
  const vector = (name: string): ValueName => writer.constant(read(name), [width]);
  switch (layer.kind) {
    case 'dense': {
      const factor = layer.parameterization === 'ntk' ? 1 / Math.sqrt(width) : 1;
      const values = read('weight').map((value) => value * factor);
      const weight = writer.constant(values, [width, layer.units]);
      return writer.add(writer.matMul(x, weight), writer.constant(read('bias'), [layer.units]));
    }
    case 'member-heads': {
      const count = members ?? 1;
      const weight = writer.constant(read('weight'), [count, width, layer.units]);
      const bias = writer.constant(read('bias'), [count, 1, layer.units]);
      return writer.add(writer.matMul(x, weight), bias);
    }
    case 'activation': {
      const active = writeActivation(writer, layer.activation, x);
      if (!layer.parametric) return active;
      return writer.add(x, writer.mul(vector('alpha'), writer.sub(active, x)));
    }
    case 'dropout':
      return x;
    case 'batch-norm': {
      const variance = read('variance');
      const factor = read('gamma').map(
        (gamma, i) => gamma / Math.sqrt((variance[i] as number) + layer.epsilon),
      );
      const centered = writer.sub(x, vector('mean'));
      return writer.add(writer.mul(centered, writer.constant(factor, [width])), vector('beta'));
    }
    case 'layer-norm': {
      const centered = writer.sub(x, writeMean(writer, x));
      const variance = writeMean(writer, writer.mul(centered, centered));
      const spread = writer.node('Sqrt', [writer.add(variance, writer.constant([layer.epsilon]))]);
      const scaled = writer.mul(writer.div(centered, spread), vector('gamma'));
      return writer.add(scaled, vector('beta'));
    }
    case 'scale':
      return writer.mul(x, vector('scale'));
    case 'members': {
      const factors = writer.constant(read('factors'), [layer.count, 1, width]);
      return writer.mul(writer.unsqueeze(x, 0), factors);
    }
  }
}

function writeMean(writer: OnnxWriter, x: ValueName): ValueName {
  return writer.node('ReduceMean', [x], { axes: [-1], keepdims: 1 });
}

function writeActivation(writer: OnnxWriter, name: ActivationName, x: ValueName): ValueName {
  switch (name) {
    case 'relu':
      return writer.node('Relu', [x]);
    case 'selu':
      // The operator's own constants are those of the paper.
      return writer.node('Selu', [x]);
    case 'tanh':
      return writer.node('Tanh', [x]);
    case 'mish':
      return writer.mul(x, writer.node('Tanh', [writer.node('Softplus', [x])]));
    case 'gelu': {
      const half = writer.mul(x, writer.constant([0.5]));
      const normal = writer.node('Erf', [writer.mul(x, writer.constant([Math.SQRT1_2]))]);
      return writer.mul(half, writer.add(normal, writer.constant([1])));
    }
  }
}
