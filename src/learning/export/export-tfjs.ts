import type { Tensor } from '../../artifacts/safetensors.js';
import type { SlotReader } from '../network/encode-row.js';
import type { Layer, NetworkSpec } from '../network/network.js';
import { type LayerShape, traceShapes } from '../network/network-shape.js';
import { fromNetworkTensors } from '../network/network-tensors.js';
import { createSlotReader } from '../network/slot-reader.js';
import type { ExportedFile } from './exported-file.js';

/** A layer of tfjs with its weights, in the order in which tfjs knows them. */
interface TfjsLayer {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly values: Float64Array;
  }[];
}

/** Why tfjs has no layers for a network, as the end of a sentence; `null`: it has. */
export function findTfjsObstacle({ encoder, layers }: NetworkSpec): string | null {
  const { numberEncoding, robustClip, indexes, numbers, binaries } = encoder;
  if (numberEncoding.kind !== 'plain')
    return `its ${numberEncoding.kind} encoding is no layer there`;
  if (robustClip) return 'its smooth clipping is no layer there';
  if (indexes.length > 0) return 'its embeddings of some columns of a row are no layer there';
  const isWhole = [...numbers, ...binaries].every((position, index) => position === index);
  if (!isWhole) return 'it takes features in an order of its own';
  const foreign = layers.find(
    (layer) =>
      layer.kind === 'scale' ||
      layer.kind === 'members' ||
      layer.kind === 'member-heads' ||
      (layer.kind === 'activation' && layer.parametric),
  );
  return foreign === undefined ? null : `its layers of kind ${foreign.kind} are none there`;
}

/**
 * Writes a network as the folder of a tfjs LayersModel (`tf.loadLayersModel`): rows of features in, class probabilities
 * or the scaled target out.
 *
 * @param network without an obstacle, see `findTfjsObstacle`
 * @throws RecetaError `model-invalid` when the tensors do not belong to the network
 */
export function exportTfjs(
  network: NetworkSpec,
  tensors: Readonly<Record<string, Tensor>>,
): ExportedFile[] {
  const read = createSlotReader(network, fromNetworkTensors(network, tensors));
  const shapes = traceShapes(network);
  const layers = network.layers.flatMap((layer, index) => {
    const isLast = index === network.layers.length - 1;
    const readOwn: SlotReader = (name) => read(`layers.${index}.${name}`);
    // There is one shape a layer.
    const shape = shapes[index] as LayerShape;
    return toTfjsLayer(layer, shape, readOwn, isLast ? network.output : 'linear');
  });
  const named = layers.map((layer, index) => ({
    ...layer,
    name: `${layer.className.toLowerCase()}_${index + 1}`,
  }));
  const weights = named.flatMap((layer) =>
    layer.weights.map((weight) => ({ ...weight, name: `${layer.name}/${weight.name}` })),
  );
  const topology = named.map(({ className, config, name }, index) => ({
    class_name: className,
    config: {
      name,
      trainable: true,
      ...config,
      ...(index === 0 ? { batch_input_shape: [null, network.inputWidth], dtype: 'float32' } : {}),
    },
  }));
  const model = {
    format: 'layers-model',
    generatedBy: 'receta',
    convertedBy: null,
    modelTopology: {
      class_name: 'Sequential',
      config: { name: 'network', layers: topology },
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
  };
  const numbers = Float32Array.from(weights.flatMap(({ values }) => [...values]));
  return [
    { path: 'model.json', bytes: new TextEncoder().encode(`${JSON.stringify(model)}\n`) },
    { path: 'weights.bin', bytes: new Uint8Array(numbers.buffer) },
  ];
}

function toTfjsLayer(
  layer: Layer,
  { inputWidth: width }: LayerShape,
  read: SlotReader,
  output: NetworkSpec['output'],
): TfjsLayer[] {
  const weight = (name: string, values: Float64Array, shape = [width]) => ({ name, shape, values });
  switch (layer.kind) {
    case 'dense':
      return [toDense(layer, width, read, output)];
    case 'activation':
      return [{ className: 'Activation', config: { activation: layer.activation }, weights: [] }];
    case 'dropout':
      return [{ className: 'Dropout', config: { rate: layer.rate }, weights: [] }];
    case 'batch-norm':
      return [
        {
          className: 'BatchNormalization',
          config: { axis: -1, momentum: layer.momentum, epsilon: layer.epsilon },
          weights: [
            weight('gamma', read('gamma')),
            weight('beta', read('beta')),
            weight('moving_mean', read('mean')),
            weight('moving_variance', read('variance')),
          ],
        },
      ];
    case 'layer-norm':
      return [
        {
          className: 'LayerNormalization',
          config: { axis: [-1], epsilon: layer.epsilon },
          weights: [weight('gamma', read('gamma')), weight('beta', read('beta'))],
        },
      ];
    default:
      return [];
  }
}

/** The logit of the second of two classes becomes two logits, the first of them 0: softmax makes the same of them. */
function toDense(
  { units, parameterization }: Extract<Layer, { kind: 'dense' }>,
  width: number,
  read: SlotReader,
  output: NetworkSpec['output'],
): TfjsLayer {
  const factor = parameterization === 'ntk' ? 1 / Math.sqrt(width) : 1;
  const pair = (values: Float64Array): Float64Array =>
    Float64Array.from(Array.from(values, (value) => [0, value]).flat());
  const isPair = output === 'sigmoid';
  const scaled = read('weight').map((value) => value * factor);
  const columns = isPair ? 2 : units;
  return {
    className: 'Dense',
    config: {
      units: columns,
      activation: output === 'linear' ? 'linear' : 'softmax',
      use_bias: true,
    },
    weights: [
      { name: 'kernel', shape: [width, columns], values: isPair ? pair(scaled) : scaled },
      { name: 'bias', shape: [columns], values: isPair ? pair(read('bias')) : read('bias') },
    ],
  };
}
