import { describe, expect, it } from 'vitest';
import { shrinkMeans } from './shrink-means.js';

function shrink(levels: readonly (readonly number[])[]): number[] {
  const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const counts = Float64Array.from(levels, (values) => values.length);
  const sums = Float64Array.from(levels, sumOf);
  const squares = sumOf(levels.flat().map((value) => value * value));
  return [...shrinkMeans({ counts, sums, squares })];
}

describe('shrinkMeans', () => {
  it('draws means by the variance inside the levels over that between them', () => {
    // Inside (18 - 9) / 2 = 4.5, between (9 - 4.5) / (4 - 8 / 4) = 2.25, so m = 2.
    expect(
      shrink([
        [3, 0],
        [0, -3],
      ]),
    ).toEqual([3 / 4, -3 / 4]);
  });

  it('draws by at least one row, however clear the levels are', () => {
    expect(
      shrink([
        [1, 1],
        [-1, -1],
      ]),
    ).toEqual([2 / 3, -2 / 3]);
  });

  it('draws by all rows where the levels differ no more than by chance', () => {
    expect(
      shrink([
        [4, -2],
        [2, -4],
      ]),
    ).toEqual([2 / 6, -2 / 6]);
  });

  it('draws rare levels closer to the mean of all rows than frequent ones', () => {
    const frequent = Array.from({ length: 100 }, (_, row) => (row % 2 === 0 ? 3 : 1));
    const [common = 0, rare = 0] = shrink([frequent, [3, 1], [-2, -2, -2, -2, -2]]);
    expect(common).toBeGreaterThan(1.99);
    expect(rare).toBeLessThan(common);
  });

  it('gives a level without rows the mean of all rows', () => {
    const [, , empty] = shrink([[5, 3], [1, -1], []]);
    expect(empty).toBe(2);
    expect(shrink([[], []])).toEqual([0, 0]);
  });

  it('gives a single level, and levels of one row each, something between their mean and that of all', () => {
    expect(shrink([[2, 4]])).toEqual([3]);
    // m = 2 rows: (2 + 2 * 3) / 3 and (4 + 2 * 3) / 3.
    expect(shrink([[2], [4]])).toEqual([8 / 3, 10 / 3]);
  });
});
