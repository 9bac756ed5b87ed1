import { decodeSafetensors, encodeSafetensors, type Tensor } from '../artifacts/safetensors.js';
import { RecetaError } from '../contract/errors.js';
import type { NetworkSpec } from './network.js';
import { layoutParameters, type ParameterSlot } from './parameter-layout.js';

/** Weights of one dense layer: `weight` is [inputs, units] in row-major order, `bias` is [units]. */
export interface DenseWeights {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/** Weights of a network, one entry a dense layer. */
export type NetworkWeights = readonly DenseWeights[];

/** Cuts the flat vector of all parameters into the weights of the layers; they share its memory. */
export function toNetworkWeights(network: NetworkSpec, parameters: Float32Array): NetworkWeights {
  const cut = ({ offset, length }: ParameterSlot): Float32Array =>
    parameters.subarray(offset, offset + length);
  return layoutParameters(network).map(({ weight, bias }) => ({
    weight: cut(weight),
    bias: cut(bias),
  }));
}

/** Encodes weights as a safetensors file; equal weights give equal bytes. */
export function encodeNetworkWeights(network: NetworkSpec, weights: NetworkWeights): Uint8Array {
  const tensors: Record<string, Tensor> = {};
  for (const [index, { weight, bias }] of layoutParameters(network).entries()) {
    const layer = weights[index];
    if (layer === undefined) throw invalid(`${weight.name} is missing`);
    tensors[weight.name] = { dtype: 'F32', shape: weight.shape, data: layer.weight };
    tensors[bias.name] = { dtype: 'F32', shape: bias.shape, data: layer.bias };
  }
  return encodeSafetensors(tensors);
}

/**
 * Reads the weights that belong to a network.
 *
 * @throws RecetaError `artifact-corrupt` when the bytes are no safetensors file, `model-invalid` when a tensor is
 *   missing, of another shape, not finite, or belongs to no layer
 */
export function decodeNetworkWeights(network: NetworkSpec, bytes: Uint8Array): NetworkWeights {
  const { tensors } = decodeSafetensors(bytes);
  const layout = layoutParameters(network);
  const surplus = Object.keys(tensors).length - 2 * layout.length;
  if (surplus > 0) throw invalid(`${surplus} tensors of it belong to no layer`);
  return layout.map(({ weight, bias }) => ({
    weight: readSlot(tensors, weight),
    bias: readSlot(tensors, bias),
  }));
}

function readSlot(tensors: Readonly<Record<string, Tensor>>, slot: ParameterSlot): Float32Array {
  const tensor = tensors[slot.name];
  if (tensor === undefined) throw invalid(`${slot.name} is missing`);
  const { data, shape } = tensor;
  if (!(data instanceof Float32Array) || shape.join() !== slot.shape.join()) {
    throw invalid(
      `${slot.name} is ${tensor.dtype} of shape [${shape.join(', ')}] and not F32 of [${slot.shape.join(', ')}]`,
    );
  }
  if (!data.every(Number.isFinite)) throw invalid(`${slot.name} holds a value that is not finite`);
  return data;
}

function invalid(found: string): RecetaError {
  return new RecetaError(
    'model-invalid',
    `Reading the weights of a model: ${found}. The weights do not belong to the model's network; train it again.`,
  );
}
