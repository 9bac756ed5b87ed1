/** Next number of a stream, in [0, 1) with 53 random bits. */
export type RandomStream = () => number;

const warmUpRounds = 16;

/**
 * Starts the random stream that belongs to a seed and a stream number: the same two integers give the
 * same numbers everywhere, and neighboring streams share nothing.
 *
 * Generator: sfc32 of Chris Doty-Humphrey's PractRand (public domain), state filled with seed and stream.
 *
 * @param seed safe integer
 * @param stream integer, taken modulo 2^32
 */
export function createRandomStream(seed: number, stream: number): RandomStream {
  let a = seed | 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = stream | 0;
  let counter = 1;
  const nextBits = (): number => {
    const bits = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + bits) | 0;
    return bits >>> 0;
  };
  for (let round = 0; round < warmUpRounds; round += 1) nextBits();
  return () => {
    const high = nextBits() >>> 5;
    const low = nextBits() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  };
}
