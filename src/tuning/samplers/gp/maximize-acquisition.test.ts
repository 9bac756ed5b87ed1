import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../../../contract/random-stream.js';
import type { SearchSpace } from '../../../contract/search-space.js';
import { toUnitCube } from '../../space/unit-cube.js';
import type { Acquisition } from './acquisition.js';
import { maximizeAcquisition } from './maximize-acquisition.js';

function maximize(space: SearchSpace, acquisition: Acquisition, candidates: number) {
  const cube = toUnitCube(space);
  return maximizeAcquisition(acquisition, {
    cube,
    scales: new Float64Array(space.length).fill(3),
    observed: new Float64Array(space.length).fill(0.125),
    random: createRandomStream(4, 4),
    effort: { candidates, searches: 4 },
  });
}

const float: SearchSpace = [{ kind: 'float', name: 'x', low: 0, high: 1 }];
const ints: SearchSpace = ['a', 'b'].map((name) => ({ kind: 'int', name, low: 1, high: 4 }));

describe('maximizeAcquisition', () => {
  it('finds the higher of two hills', () => {
    const acquisition: Acquisition = (point, gradient) => {
      const [x = 0] = point;
      const [left, right] = [Math.exp(-100 * (x - 0.1) ** 2), 2 * Math.exp(-100 * (x - 0.77) ** 2)];
      gradient?.set([-200 * ((x - 0.1) * left + (x - 0.77) * right)]);
      return left + right;
    };
    const [best] = maximize(float, acquisition, 16);
    expect(best?.point[0]).toBeCloseTo(0.77, 3);
  });

  it('looks at every point of a small space, the most promising first', () => {
    const seen = new Set<number>();
    const acquisition: Acquisition = ([a = 0, b = 0]) => {
      seen.add(4 * a + b);
      return a === 0.375 && b === 0.875 ? 1 : 0;
    };
    const found = maximize(ints, acquisition, 16);
    expect(seen.size).toBe(16);
    expect([...(found[0]?.point ?? [])]).toEqual([0.375, 0.875]);
    expect(found).toHaveLength(4 + 16);
  });

  it('asks for positions of values only', () => {
    const acquisition: Acquisition = (point) => {
      for (const position of point) expect([0.125, 0.375, 0.625, 0.875]).toContain(position);
      return 0;
    };
    expect(maximize(ints, acquisition, 8)).toHaveLength(4 + 8);
  });

  it('searches on although no point may be taken', () => {
    const found = maximize(ints, () => Number.NEGATIVE_INFINITY, 8);
    expect(found.every(({ value }) => value === Number.NEGATIVE_INFINITY)).toBe(true);
  });
});
