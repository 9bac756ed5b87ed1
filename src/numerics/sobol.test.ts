import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../contract/random-stream.js';
import { createSobolSequence, type SobolSequence } from './sobol.js';

function list(sequence: SobolSequence, count: number, from = 0): Float64Array[] {
  return Array.from({ length: count }, (_, index) => sequence(from + index));
}

/** How many points lie in each of `2^a x 2^b` equal boxes of two dimensions. */
function countInBoxes(
  points: readonly Float64Array[],
  [first, second]: readonly [number, number],
  [a, b]: readonly [number, number],
): number[] {
  const counts = new Array<number>(2 ** (a + b)).fill(0);
  for (const point of points) {
    const row = Math.floor((point[first] ?? Number.NaN) * 2 ** a);
    const column = Math.floor((point[second] ?? Number.NaN) * 2 ** b);
    const box = row * 2 ** b + column;
    counts[box] = (counts[box] ?? 0) + 1;
  }
  return counts;
}

describe('createSobolSequence', () => {
  it('begins as the authors of the direction numbers publish it', () => {
    const points = list(createSobolSequence(3), 10).map((point) => [...point]);
    expect(points).toEqual([
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
      [0.1875, 0.3125, 0.9375],
      [0.6875, 0.8125, 0.4375],
    ]);
  });

  it('has the values of another implementation in later dimensions', () => {
    const point = createSobolSequence(40)(37);
    expect([0, 1, 9, 19, 29, 39].map((dimension) => point[dimension])).toEqual([
      0.921875, 0.640625, 0.171875, 0.140625, 0.109375, 0.078125,
    ]);
  });

  it.each([
    ['plain', 64, undefined],
    ['scrambled', 150, createRandomStream(5, 0)],
  ])(
    'puts one of 2^m %s points into each of 2^m intervals of %i dimensions',
    (_, count, random) => {
      const points = list(createSobolSequence(count, random), 256, 256);
      for (let dimension = 0; dimension < count; dimension += 1) {
        const cells = points.map((point) => Math.floor((point[dimension] ?? 0) * 256));
        expect(new Set(cells).size).toBe(256);
      }
    },
  );

  it('fills every elementary box of the first two dimensions once, scrambled by any seed', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 6 }), (seed, a) => {
        const points = list(createSobolSequence(2, createRandomStream(seed, 1)), 64);
        expect(countInBoxes(points, [0, 1], [a, 6 - a])).toEqual(new Array(64).fill(1));
      }),
      { numRuns: 40 },
    );
  });

  it('moves every point when it is scrambled, otherwise for each seed', () => {
    const at = (seed: number): number[] => [
      ...createSobolSequence(4, createRandomStream(seed, 1))(0),
    ];
    expect(new Set([...at(1), ...at(2)]).size).toBe(8);
    expect(at(1)).toEqual(at(1));
  });

  it('makes a scrambled point uniform over seeds', () => {
    const firsts = Array.from(
      { length: 4000 },
      (_, seed) => createSobolSequence(1, createRandomStream(seed, 1))(3)[0] ?? Number.NaN,
    );
    const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
    const square = firsts.reduce((sum, value) => sum + value * value, 0) / firsts.length;
    // Three standard errors.
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(3 * Math.sqrt(1 / 12 / 4000));
    expect(Math.abs(square - 1 / 3)).toBeLessThan(3 * Math.sqrt(4 / 45 / 4000));
  });

  it('orders the points of a dimension unlike those of the 64th after it', () => {
    const points = list(createSobolSequence(65, createRandomStream(3, 1)), 256);
    const counts = countInBoxes(points, [0, 64], [2, 2]);
    expect(Math.min(...counts)).toBeGreaterThan(4);
  });

  it('refuses more than 64 dimensions unless they are scrambled', () => {
    expect(() => createSobolSequence(65)).toThrow('at most 64 dimensions');
  });
});
