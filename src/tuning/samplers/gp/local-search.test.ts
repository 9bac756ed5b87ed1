import { describe, expect, it } from 'vitest';
import { toAxis } from '../../space/axis.js';
import type { Acquisition } from './acquisition.js';
import { type Candidate, searchLocally } from './local-search.js';

/** A hill of its top at the given positions; categorical positions match or not. */
function hill(top: readonly (number | string)[]): Acquisition {
  return (point, gradient) => {
    let value = 0;
    for (const [axis, target] of top.entries()) {
      const position = point[axis] ?? Number.NaN;
      if (typeof target === 'string') {
        value -= position === Number(target) ? 0 : 1;
      } else {
        value -= (position - target) ** 2;
        if (gradient !== undefined) gradient[axis] = -2 * (position - target);
      }
    }
    return value;
  };
}

function start(acquisition: Acquisition, ...point: number[]): Candidate {
  return { point: Float64Array.from(point), value: acquisition(Float64Array.from(point)) };
}

const float = toAxis({ kind: 'float', name: 'x', low: 0, high: 1 });
const short = toAxis({ kind: 'int', name: 'n', low: 1, high: 4 });
const long = toAxis({ kind: 'int', name: 'm', low: 1, high: 1000 });
const choice = toAxis({ kind: 'categorical', name: 'c', choices: ['a', 'b'] });

describe('searchLocally', () => {
  it('climbs to the top on axes of every kind', () => {
    const acquisition = hill([0.3, 0.6, 0.7004, '0.75']);
    const { point, value } = searchLocally(
      acquisition,
      [float, short, long, choice],
      Float64Array.of(5, 1, 1, 1),
      start(acquisition, 0.9, 0.125, 0.0005, 0.25),
    );
    expect([...point]).toEqual([expect.closeTo(0.3, 2), 0.625, expect.closeTo(0.7005, 10), 0.75]);
    expect(value).toBe(acquisition(point));
  });

  it('moves the gradient again after another axis opened the way', () => {
    // Only with the second choice does the first axis lead upwards.
    const acquisition: Acquisition = (point, gradient) => {
      const [x = 0, c = 0] = point;
      const slope = c > 0.5 ? 1 : 0;
      gradient?.set([slope, 0]);
      return slope * (1 + x);
    };
    const { point } = searchLocally(
      acquisition,
      [float, choice],
      Float64Array.of(1, 1),
      start(acquisition, 0.2, 0.25),
    );
    expect([...point]).toEqual([1, 0.75]);
  });

  it('stays inside the cube when the top lies outside', () => {
    const acquisition = hill([1.7, -0.4]);
    const { point } = searchLocally(
      acquisition,
      [float, float],
      Float64Array.of(0.3, 7),
      start(acquisition, 0.5, 0.5),
    );
    expect([...point]).toEqual([1, 0]);
  });

  it('leaves a point that must not be taken again', () => {
    const top = hill([0.625]);
    const acquisition: Acquisition = (point) =>
      point[0] === 0.625 ? Number.NEGATIVE_INFINITY : top(point);
    const { point } = searchLocally(
      acquisition,
      [short],
      Float64Array.of(1),
      start(acquisition, 0.625),
    );
    expect(Math.abs((point[0] ?? 0) - 0.625)).toBe(0.25);
  });
});
