import { decodeSafetensors, encodeSafetensors, type Tensor } from '../../artifacts/safetensors.js';
import { RecetaError } from '../../contract/errors.js';

type Tensors = Readonly<Record<string, Tensor>>;

/** Begins the names of the tensors of a member. */
export function toMemberPrefix(member: number): string {
  return `members.${member}.`;
}

/**
 * Encodes the tensors of all members as one safetensors file; equal members give equal bytes.
 *
 * @param members tensors of each by the names that its trainer gave them, in the order of the document
 */
export function encodeMemberTensors(members: readonly Tensors[]): Uint8Array {
  const all = members.flatMap((tensors, member) =>
    Object.entries(tensors).map(
      ([name, tensor]) => [toMemberPrefix(member) + name, tensor] as const,
    ),
  );
  return encodeSafetensors(Object.fromEntries(all));
}

/**
 * Reads that file back: the tensors of each member without their prefix.
 *
 * @param prefixes of the members; none is the beginning of another
 * @throws RecetaError `artifact-corrupt` when it is no safetensors file, `model-invalid` when a tensor belongs to no
 *   member
 */
export function decodeMemberTensors(bytes: Uint8Array, prefixes: readonly string[]): Tensors[] {
  const members = prefixes.map((): Record<string, Tensor> => ({}));
  for (const [name, tensor] of Object.entries(decodeSafetensors(bytes).tensors)) {
    const member = prefixes.findIndex((prefix) => name.startsWith(prefix));
    const tensors = members[member];
    if (tensors === undefined) {
      throw new RecetaError(
        'model-invalid',
        `Reading the weights of a model: ${name} belongs to none of its ${prefixes.length} members. Train it again.`,
      );
    }
    tensors[name.slice((prefixes[member] ?? '').length)] = tensor;
  }
  return members;
}
