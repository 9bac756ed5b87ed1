import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitIsotonic } from './fit-isotonic.js';

function toRows(pairs: readonly (readonly [second: number, target: number])[]) {
  return {
    probabilities: Float32Array.from(pairs.flatMap(([second]) => [1 - second, second])),
    targets: Int32Array.from(pairs, ([, target]) => target),
    weights: null,
    classCount: 2,
  };
}

test('neighbors that fall are pooled, rows in any order', () => {
  const rows = toRows([
    [0.5, 0],
    [0.125, 0],
    [0.25, 1],
    [0.875, 1],
    [0.75, 1],
    [0.625, 0],
  ]);
  // Shares 0 | 1 0 0 | 1 1, kept 1/8 off 0 and 1.
  expect(fitIsotonic(rows)).toEqual({
    kind: 'isotonic',
    x: [0.125, 0.25, 0.625, 0.75, 0.875],
    y: [0.125, 1 / 3, 1 / 3, 0.875, 0.875],
  });
});

test('rows of equal probability are one point', () => {
  const rows = toRows([
    [0.5, 1],
    [0.5, 0],
    [0.5, 0],
    [0.5, 0],
  ]);
  expect(fitIsotonic(rows)).toEqual({ kind: 'isotonic', x: [0.5], y: [0.25] });
});

test('a weight counts like as many rows', () => {
  const rows = {
    ...toRows([
      [0.25, 1],
      [0.5, 0],
    ]),
    weights: Float32Array.of(3, 1),
  };
  expect(fitIsotonic(rows)).toMatchObject({ x: [0.25, 0.5], y: [0.75, 0.75] });
});

test('curves ascend and stay inside (0, 1)', () => {
  const pair = fc.tuple(fc.float({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 1 }));
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 40 }), (pairs) => {
      const { x, y } = fitIsotonic(toRows(pairs));
      expect(x).toEqual([...new Set(x)].sort((a, b) => a - b));
      expect(y).toEqual([...y].sort((a, b) => a - b));
      expect(y.every((share) => share > 0 && share < 1)).toBe(true);
    }),
  );
});
