import { mixBits } from '../mix-bits.js';

const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

/** FNV-1a of 32 bits (Fowler, Noll, Vo) over the UTF-8 bytes of a text; half a surrogate pair counts as three bytes. */
export function fnv1a(text: string): number {
  let hash = offsetBasis;
  for (const character of text) hash = addCodePoint(hash, character.codePointAt(0) ?? 0);
  return hash >>> 0;
}

function addCodePoint(hash: number, point: number): number {
  if (point < 0x80) return addByte(hash, point);
  const last = 0x80 | (point & 0x3f);
  if (point < 0x800) return addByte(addByte(hash, 0xc0 | (point >> 6)), last);
  const third = 0x80 | ((point >> 6) & 0x3f);
  if (point < 0x10000) {
    return addByte(addByte(addByte(hash, 0xe0 | (point >> 12)), third), last);
  }
  const second = 0x80 | ((point >> 12) & 0x3f);
  const first = addByte(addByte(hash, 0xf0 | (point >> 18)), second);
  return addByte(addByte(first, third), last);
}

function addByte(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, prime);
}

/**
 * Place and sign of an n-gram among the buckets (feature hashing: Weinberger et al. 2009). The bits are mixed once
 * more, because those of FNV-1a are not even for short texts.
 */
export function hashGram(
  gram: string,
  buckets: number,
): { readonly bucket: number; readonly sign: 1 | -1 } {
  const hash = mixBits(fnv1a(gram));
  return { bucket: (hash >>> 1) % buckets, sign: (hash & 1) === 0 ? 1 : -1 };
}
