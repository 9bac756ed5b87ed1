import { createHash } from 'node:crypto';

/** Namespace of the ids that Receta derives; any fixed UUID does. */
const namespace = Buffer.from('6f1c5c0c6d0b4f9f9a5b8e4d1f3a7c21', 'hex');

/** A UUID of version 5 (RFC 9562, 5.5): the same name always gives the same one. */
export function toUuidV5(name: string): string {
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [8, 12, 16, 20, 32]
    .map((end, index, ends) => hex.slice(ends[index - 1] ?? 0, end))
    .join('-');
}
