import type { Tensor } from '../../artifacts/safetensors.js';
import { RecetaError } from '../../contract/errors.js';
import type { NetworkSpec } from './network.js';
import { layoutNetwork, type Slot } from './parameter-layout.js';

/** All numbers of a network as two flat vectors in the order of its layout. */
export interface NetworkNumbers {
  readonly parameters: Float32Array;
  readonly buffers: Float32Array;
}

/** Cuts the flat vectors into named tensors; they share their memory. */
export function toNetworkTensors(
  network: NetworkSpec,
  { parameters, buffers }: NetworkNumbers,
): Readonly<Record<string, Tensor>> {
  const layout = layoutNetwork(network);
  const cut = (values: Float32Array, { name, shape, offset, length }: Slot): [string, Tensor] => {
    return [name, { dtype: 'F32', shape, data: values.subarray(offset, offset + length) }];
  };
  return Object.fromEntries([
    ...layout.parameters.map((slot) => cut(parameters, slot)),
    ...layout.buffers.map((slot) => cut(buffers, slot)),
  ]);
}

/**
 * Reads the tensors that belong to a network back into flat vectors.
 *
 * @throws RecetaError `model-invalid` when a tensor is missing, of another shape, not finite, or belongs to no layer
 */
export function fromNetworkTensors(
  network: NetworkSpec,
  tensors: Readonly<Record<string, Tensor>>,
): NetworkNumbers {
  const layout = layoutNetwork(network);
  const known = layout.parameters.length + layout.buffers.length;
  const surplus = Object.keys(tensors).length - known;
  if (surplus > 0) throw invalid(`${surplus} tensors of it belong to no layer`);
  return {
    parameters: join(layout.parameters, layout.parameterCount, tensors),
    buffers: join(layout.buffers, layout.bufferCount, tensors),
  };
}

function join(
  slots: readonly Slot[],
  count: number,
  tensors: Readonly<Record<string, Tensor>>,
): Float32Array {
  const flat = new Float32Array(count);
  for (const slot of slots) flat.set(readSlot(tensors, slot), slot.offset);
  return flat;
}

function readSlot(tensors: Readonly<Record<string, Tensor>>, slot: Slot): Float32Array {
  const tensor = Object.hasOwn(tensors, slot.name) ? tensors[slot.name] : undefined;
  if (tensor === undefined) throw invalid(`${slot.name} is missing`);
  const { data, shape, dtype } = tensor;
  if (!(data instanceof Float32Array) || shape.join() !== slot.shape.join()) {
    throw invalid(
      `${slot.name} is ${dtype} of shape [${shape.join(', ')}] and not F32 of [${slot.shape.join(', ')}]`,
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
