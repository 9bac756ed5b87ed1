import type { RandomStream } from '../contract/random-stream.js';
import { type SobolPolynomial, sobolPolynomials } from './sobol-directions.js';

const bits = 32;

/** Dimensions for which there are direction numbers. */
const directedDimensions = sobolPolynomials.length + 1;

/** Points of a sequence by their index, each coordinate a multiple of 2^-32 in [0, 1). */
export type SobolSequence = (index: number) => Float64Array;

/**
 * The Sobol sequence in the order of Gray codes (Antonov and Saleev 1979), so that any 2^m points whose indexes begin at
 * a multiple of 2^m are spread evenly over the unit cube. With `random` the digits of each coordinate are scrambled as
 * Owen (1995) describes, which keeps that evenness and makes each point uniform by itself; the permutations come from a
 * hash (B. Burley, "Practical hash-based Owen scrambling", Journal of Computer Graphics Techniques 9, 2020). Dimensions
 * beyond the 64th need it: they are those of the same sequence, its points in another order.
 *
 * @param random asked for one number a dimension, and one for every 64 dimensions
 */
export function createSobolSequence(dimensions: number, random?: RandomStream): SobolSequence {
  if (random === undefined && dimensions > directedDimensions) {
    throw new RangeError(`without scrambling there are at most ${directedDimensions} dimensions`);
  }
  const drawKey = (): number | null =>
    random === undefined ? null : Math.floor(random() * 2 ** bits);
  const directions = Array.from({ length: dimensions }, (_, dimension) =>
    toDirections(sobolPolynomials[(dimension % directedDimensions) - 1]),
  );
  const keys = directions.map(drawKey);
  const orders = Array.from({ length: Math.ceil(dimensions / directedDimensions) }, drawKey);
  return (index) => {
    const point = new Float64Array(dimensions);
    for (const [block, order] of orders.entries()) {
      const first = block * directedDimensions;
      const place = block === 0 ? index : scramble(index, order);
      const code = place ^ (place >>> 1);
      const end = Math.min(dimensions, first + directedDimensions);
      for (let dimension = first; dimension < end; dimension += 1) {
        // There are directions and a key for every dimension.
        const digits = combine(directions[dimension] as Uint32Array, code);
        point[dimension] = scramble(digits, keys[dimension] as number | null) / 2 ** bits;
      }
    }
    return point;
  };
}

/** Direction numbers, the first one's digit being the highest bit; those of the first dimension without a polynomial. */
function toDirections(polynomial: SobolPolynomial | undefined): Uint32Array {
  const numbers = new Uint32Array(bits);
  const { coefficients, firstIntegers } = polynomial ?? { coefficients: 0, firstIntegers: [] };
  const degree = firstIntegers.length;
  for (let k = 0; k < bits; k += 1) {
    if (degree === 0 || k < degree) {
      numbers[k] = (firstIntegers[k] ?? 1) << (bits - 1 - k);
      continue;
    }
    const oldest = at(numbers, k - degree);
    let next = oldest ^ (oldest >>> degree);
    for (let back = 1; back < degree; back += 1) {
      if ((coefficients >>> (degree - 1 - back)) & 1) next ^= at(numbers, k - back);
    }
    numbers[k] = next;
  }
  return numbers;
}

function combine(numbers: Uint32Array, code: number): number {
  let digits = 0;
  for (let rest = code >>> 0, k = 0; rest !== 0; rest >>>= 1, k += 1) {
    if (rest & 1) digits ^= at(numbers, k);
  }
  return digits >>> 0;
}

/** Flips each digit depending on the key and on the digits above it; none without a key. */
function scramble(digits: number, key: number | null): number {
  if (key === null) return digits;
  // In reversed order "above" is "below", and there a product carries only upwards.
  let hashed = (reverseBits(digits) + key) | 0;
  hashed ^= Math.imul(hashed, 0x6c50b47c);
  hashed ^= Math.imul(hashed, 0xb82f1e52);
  hashed ^= Math.imul(hashed, 0xc7afe638);
  hashed ^= Math.imul(hashed, 0x8d22f6e6);
  return reverseBits(hashed);
}

function reverseBits(value: number): number {
  let reversed = value;
  reversed = ((reversed >>> 1) & 0x55555555) | ((reversed & 0x55555555) << 1);
  reversed = ((reversed >>> 2) & 0x33333333) | ((reversed & 0x33333333) << 2);
  reversed = ((reversed >>> 4) & 0x0f0f0f0f) | ((reversed & 0x0f0f0f0f) << 4);
  reversed = ((reversed >>> 8) & 0x00ff00ff) | ((reversed & 0x00ff00ff) << 8);
  return ((reversed >>> 16) | (reversed << 16)) >>> 0;
}

/** Indexes here are inside the array. */
function at(numbers: Uint32Array, index: number): number {
  return numbers[index] as number;
}
