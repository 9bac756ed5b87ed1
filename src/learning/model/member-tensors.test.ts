import { expect, test } from 'vitest';
import type { Tensor } from '../../artifacts/safetensors.js';
import { decodeMemberTensors, encodeMemberTensors, toMemberPrefix } from './member-tensors.js';

const vector = (...data: number[]): Tensor => ({
  dtype: 'F32',
  shape: [data.length],
  data: Float32Array.from(data),
});
// More than ten, so that `members.1.` and `members.10.` have to be told apart.
const members = Array.from({ length: 11 }, (_, member) => ({
  'layers.0.weight': vector(member, 1),
  trees: { dtype: 'U8', shape: [1], data: Uint8Array.of(member) } as const,
}));
const prefixes = members.map((_, member) => toMemberPrefix(member));

test('tensors of members are read back by member, to the bit', () => {
  expect(decodeMemberTensors(encodeMemberTensors(members), prefixes)).toEqual(members);
});

test('a tensor that belongs to no member is refused', () => {
  const bytes = encodeMemberTensors(members);
  expect(() => decodeMemberTensors(bytes, prefixes.slice(1))).toThrow(
    expect.objectContaining({
      code: 'model-invalid',
      message: expect.stringContaining('members.0.'),
    }),
  );
});
