import type { Slot } from '../network/parameter-layout.js';
import type { Ops, TensorLike } from './ops.js';

/** Cuts a flat vector into the arrays of its slots. */
export function cutSlots<T extends TensorLike>(
  ops: Ops<T>,
  slots: readonly Slot[],
  flat: T,
): ReadonlyMap<string, T> {
  if (slots.length === 0) return new Map();
  const parts = ops.split(
    flat,
    slots.map(({ length }) => length),
    0,
  );
  return new Map(
    slots.map(({ name, shape }, index) => {
      // There is one part a slot.
      const part = parts[index] as T;
      return [name, shape.length === 1 ? part : ops.reshape(part, shape)];
    }),
  );
}

/** Joins arrays of all slots to the flat vector that `cutSlots` cuts. */
export function joinSlots<T extends TensorLike>(
  ops: Ops<T>,
  slots: readonly Slot[],
  slotValue: (name: string) => T,
): T {
  const parts = slots.map(({ name, shape, length }) => {
    const value = slotValue(name);
    return shape.length === 1 ? value : ops.reshape(value, [length]);
  });
  // A network has at least one layer with parameters.
  return parts.length === 1 ? (parts[0] as T) : ops.concat(parts, 0);
}
