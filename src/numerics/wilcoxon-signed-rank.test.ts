import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilcoxonSignedRank } from './wilcoxon-signed-rank.js';

// Of scipy.stats.wilcoxon 1.17.1 with alternative='greater' and zero_method='zsplit'; the last with a permutation
// method of 2^17 samples, because its own choice for 14 pairs with ties is an approximation.
test.each<[readonly number[], number]>([
  [[1, 2], 0.25],
  [[1, 2, 3], 0.125],
  [[1, 2, 3, 4], 0.0625],
  [[-1, 2, 3, 4, 5], 0.0625],
  [[0.5, -0.25, 1.5, 2.5, 3.5], 0.0625],
  [[1, 1, 2, 3, 5], 0.03125],
  [[0, 1, 2, 3, 4], 0.0625],
  [[0, 0, 1, 2, -1, 3], 0.1875],
  [[0, 0], 1],
  [[2, -2, 2, -2, 5, 7], 0.1875],
  [[-1, -2, -3, -4], 1],
  [[0.03, 0.01, -0.02, 0.05, 0.04, 0.08, -0.005, 0.06, 0.07, 0.02], 0.0078125],
  [[0.1, 0.1, 0.1, -0.1, 0.2, 0.3, 0, 0.2, 0.4, 0.4, -0.3, 0.5, 0.6], 0.00927734375],
  [
    [
      1.501, 2.504, -2.491, 4.516, 5.525, -5.464, 7.549, 8.564, -8.419, 10.6, 11.621, -11.356,
      13.669, 14.696, -14.275, 16.756, 17.789, -17.176, 19.861, 20.9,
    ],
    0.03792572021484375,
  ],
  [[0, 1, 2, 0, -1, 0, 1, 0, 3, -1, 0, 0, 2, 3, -1, 0], 0.107421875],
])('the probability of %j is that of SciPy', (differences, expected) => {
  expect(wilcoxonSignedRank(differences)).toBe(expected);
});

test('no pairs prove nothing', () => {
  expect(wilcoxonSignedRank([])).toBe(1);
});

const differences = fc.uniqueArray(fc.integer({ min: -30, max: 30 }), {
  minLength: 1,
  maxLength: 12,
  selector: Math.abs,
});

test('it falls when a difference grows and ties with no other', () => {
  fc.assert(
    fc.property(differences, fc.nat(), fc.integer({ min: 1, max: 30 }), (given, place, more) => {
      const index = place % given.length;
      const larger = given.map((difference, at) => difference + (at === index ? more : 0));
      fc.pre(new Set(larger.map(Math.abs)).size === larger.length);
      expect(wilcoxonSignedRank(larger)).toBeLessThanOrEqual(wilcoxonSignedRank(given));
    }),
    { numRuns: 1000 },
  );
});

test('nothing but signs and the order of sizes counts', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 12 }), (given) => {
      const cubes = [...given].reverse().map((difference) => difference ** 3);
      expect(wilcoxonSignedRank(cubes)).toBe(wilcoxonSignedRank(given));
    }),
  );
});
