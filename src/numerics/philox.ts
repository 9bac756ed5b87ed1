const rounds = 10;
const multipliers = [0xd2511f53, 0xcd9e8d57] as const;
const keySteps = [0x9e3779b9, 0xbb67ae85] as const;

/** Two 32-bit words. */
export type PhiloxKey = readonly [number, number];
/** Four 32-bit words, the lowest first. */
export type PhiloxCounter = readonly [number, number, number, number];

/**
 * Independent bytes: the same key and counter give the same bytes everywhere, and those of the words of TensorFlow's
 * `StatelessRandomUniformFullIntV2`, the low byte of a word first. Sixteen come from each count of the counter.
 *
 * Generator: Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3").
 */
export function philoxBytes(key: PhiloxKey, counter: PhiloxCounter, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const words = Uint32Array.from(counter);
  const block = new Uint32Array(4);
  for (let start = 0; start < length; start += 16) {
    mixBlock(words, key, block);
    const end = Math.min(16, length - start);
    for (let i = 0; i < end; i += 1) bytes[start + i] = (block[i >> 2] as number) >>> (8 * (i & 3));
    countUp(words);
  }
  return bytes;
}

/** The 128 random bits that belong to a key and a counter. */
export function philoxBlock(key: PhiloxKey, counter: PhiloxCounter): Uint32Array {
  const block = new Uint32Array(4);
  mixBlock(Uint32Array.from(counter), key, block);
  return block;
}

function mixBlock(counter: Uint32Array, key: PhiloxKey, into: Uint32Array): void {
  // A counter has four words.
  let [a, b, c, d] = counter as unknown as [number, number, number, number];
  let [keyA, keyB] = key;
  for (let round = 0; round < rounds; round += 1) {
    const highA = multiplyHigh(multipliers[0], a);
    const lowA = Math.imul(multipliers[0], a);
    const highC = multiplyHigh(multipliers[1], c);
    const lowC = Math.imul(multipliers[1], c);
    a = highC ^ b ^ keyA;
    b = lowC;
    c = highA ^ d ^ keyB;
    d = lowA;
    keyA = (keyA + keySteps[0]) | 0;
    keyB = (keyB + keySteps[1]) | 0;
  }
  into[0] = a;
  into[1] = b;
  into[2] = c;
  into[3] = d;
}

/** The upper 32 of the 64 bits of a product of two unsigned 32-bit words. */
function multiplyHigh(x: number, y: number): number {
  const xLow = x & 0xffff;
  const xHigh = x >>> 16;
  const yLow = y & 0xffff;
  const yHigh = y >>> 16;
  const middle = xHigh * yLow + ((xLow * yLow) >>> 16);
  const other = xLow * yHigh + (middle & 0xffff);
  return xHigh * yHigh + (middle - (middle & 0xffff)) / 2 ** 16 + Math.floor(other / 2 ** 16);
}

function countUp(words: Uint32Array): void {
  for (let i = 0; i < words.length; i += 1) {
    // Words wrap around.
    words[i] = (words[i] as number) + 1;
    if (words[i] !== 0) return;
  }
}
