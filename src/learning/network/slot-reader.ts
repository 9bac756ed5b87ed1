import { RecetaError } from '../../contract/errors.js';
import type { SlotReader } from './encode-row.js';
import type { NetworkSpec } from './network.js';
import type { NetworkNumbers } from './network-tensors.js';
import { layoutNetwork } from './parameter-layout.js';

/** Reads parameters and buffers of a network by the names of their slots, as they are at that moment. */
export function createSlotReader(network: NetworkSpec, numbers: NetworkNumbers): SlotReader {
  const layout = layoutNetwork(network);
  const slots = new Map([
    ...layout.parameters.map((slot) => [slot.name, { slot, values: numbers.parameters }] as const),
    ...layout.buffers.map((slot) => [slot.name, { slot, values: numbers.buffers }] as const),
  ]);
  return (name) => {
    const found = slots.get(name);
    if (found === undefined) {
      throw new RecetaError('internal', `The layout of the network has no slot '${name}'.`);
    }
    const { slot, values } = found;
    // Numbers of 64 bits are multiplied without converting each.
    return Float64Array.from(values.subarray(slot.offset, slot.offset + slot.length));
  };
}
