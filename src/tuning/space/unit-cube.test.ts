import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParameterValue } from '../../contract/run-status.js';
import type { ParameterRange, SearchSpace } from '../../contract/search-space.js';
import { drawParameters } from '../draw-parameters.js';
import { validateParameters } from '../validate-parameters.js';
import { toAxis } from './axis.js';
import { toUnitCube } from './unit-cube.js';

const unit = fc.double({ min: 0, max: 1, noNaN: true });

const bounds = fc
  .tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 50 }))
  .map(([low, span]) => ({ low, high: low + span }));

const anyRange: fc.Arbitrary<ParameterRange> = fc.oneof(
  fc
    .tuple(bounds, fc.boolean())
    .map(([range, log]): ParameterRange => ({ kind: 'float', name: 'x', ...range, log })),
  fc
    .tuple(bounds, fc.integer({ min: 1, max: 9 }), fc.boolean())
    .map(([range, step, log]): ParameterRange => ({ kind: 'int', name: 'x', ...range, step, log })),
  fc
    .uniqueArray(fc.oneof(fc.string(), fc.boolean(), fc.integer()), { minLength: 1 })
    .map((choices): ParameterRange => ({ kind: 'categorical', name: 'x', choices })),
);

function valuesAt(range: ParameterRange, positions: readonly number[]): ParameterValue[] {
  return positions.map((position) => toAxis(range).valueAt(position));
}

describe('toUnitCube', () => {
  it('comes back to the parameters that a point was made of', () => {
    fc.assert(
      fc.property(anyRange, fc.array(unit, { minLength: 1 }), (range, numbers) => {
        const cube = toUnitCube([range]);
        for (const number of numbers) {
          const parameters = drawParameters([range], () => Math.min(number, 1 - 2 ** -53));
          const point = cube.toPoint(parameters);
          expect(point[0]).toBeGreaterThanOrEqual(0);
          expect(point[0]).toBeLessThanOrEqual(1);
          expect(cube.toParameters(point)).toEqual(parameters);
        }
      }),
    );
  });

  it('stands for members of the space at every point, the faces of the cube included', () => {
    fc.assert(
      fc.property(anyRange, fc.oneof(unit, fc.constantFrom(0, 1)), (range, position) => {
        const parameters = toUnitCube([range]).toParameters(Float64Array.of(position));
        expect(validateParameters([range], parameters)).toEqual([]);
      }),
    );
  });

  it('takes each coordinate for the range of its place', () => {
    const space: SearchSpace = [
      { kind: 'float', name: 'rate', low: 1e-4, high: 1, log: true },
      { kind: 'categorical', name: 'kind', choices: ['a', 'b', 'c', 'd'] },
    ];
    const cube = toUnitCube(space);
    expect(cube.toParameters(Float64Array.of(0.5, 0.6))).toEqual({ rate: 0.01, kind: 'c' });
    expect([...cube.toPoint({ kind: 'b', rate: 0.001, other: 3 })]).toEqual([
      expect.closeTo(0.25, 12),
      0.375,
    ]);
  });
});

describe('pointAt', () => {
  const layers: ParameterRange = { kind: 'int', name: 'layers', low: 1, high: 2 };
  const kind: ParameterRange = { kind: 'categorical', name: 'kind', choices: ['a', 'b', 'c'] };

  it('lists every parameter set of a finite space once, the last range fastest', () => {
    const cube = toUnitCube([layers, kind]);
    expect(cube.size).toBe(6);
    const sets = Array.from({ length: 6 }, (_, index) => cube.toParameters(cube.pointAt(index)));
    expect(sets[1]).toEqual({ layers: 1, kind: 'b' });
    expect(sets[3]).toEqual({ layers: 2, kind: 'a' });
    expect(new Set(sets.map((set) => JSON.stringify(set))).size).toBe(6);
    expect(sets.map((set) => cube.indexOf(cube.toPoint(set)))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('is for finite spaces only', () => {
    expect(toUnitCube([layers, { kind: 'float', name: 'x', low: 0, high: 1 }]).size).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(toUnitCube([]).size).toBe(1);
  });
});

describe('toAxis', () => {
  it('spreads floats evenly, or by their logarithm, and keeps six digits', () => {
    expect(valuesAt({ kind: 'float', name: 'x', low: -1, high: 3 }, [0, 1 / 3, 1])).toEqual([
      -1, 0.333333, 3,
    ]);
    const log: ParameterRange = { kind: 'float', name: 'x', low: 0.001, high: 10, log: true };
    expect(valuesAt(log, [0, 0.25, 0.5, 1])).toEqual([0.001, 0.01, 0.1, 10]);
    expect(toAxis(log).positionOf(1)).toBeCloseTo(0.75, 15);
  });

  it('gives stepped floats equal shares and no noise of rounding', () => {
    const range: ParameterRange = { kind: 'float', name: 'x', low: 0.1, high: 0.7, step: 0.2 };
    expect(valuesAt(range, [0, 0.24, 0.26, 0.5, 0.99, 1])).toEqual([0.1, 0.1, 0.3, 0.5, 0.7, 0.7]);
    expect(toAxis(range).positionOf(0.5)).toBe(0.625);
  });

  it('ends at the last step below a high that is none', () => {
    const range: ParameterRange = { kind: 'int', name: 'x', low: 64, high: 200, step: 64 };
    expect(toAxis(range)).toMatchObject({ kind: 'ordered', size: 3 });
    expect(valuesAt(range, [0, 0.5, 1])).toEqual([64, 128, 192]);
  });

  it('gives an integer of a log range the share of the logarithm that drawing gives it', () => {
    const range: ParameterRange = { kind: 'int', name: 'x', low: 1, high: 3, log: true };
    const edge = (value: number): number => Math.log(value) / Math.log(4);
    expect(valuesAt(range, [edge(2) - 1e-9, edge(2) + 1e-9, edge(3) + 1e-9])).toEqual([1, 2, 3]);
    const { positionOf } = toAxis(range);
    expect([1, 2, 3].map(positionOf)).toEqual([
      expect.closeTo(edge(2) / 2, 12),
      expect.closeTo((edge(2) + edge(3)) / 2, 12),
      expect.closeTo((edge(3) + 1) / 2, 12),
    ]);
  });

  it('puts a range of one value in the middle', () => {
    const axis = toAxis({ kind: 'float', name: 'x', low: 0.3, high: 0.3, log: true });
    expect(axis).toMatchObject({ kind: 'ordered', size: 1 });
    expect([axis.positionOf(0.3), axis.valueAt(0), axis.valueAt(1)]).toEqual([
      expect.closeTo(0.5, 12),
      0.3,
      0.3,
    ]);
  });

  it('tells choices apart by type, and what is none of them', () => {
    const axis = toAxis({ kind: 'categorical', name: 'x', choices: [1, '1', true] });
    expect([1, '1', true, 'true'].map((value) => axis.positionOf(value))).toEqual([
      expect.closeTo(1 / 6, 12),
      0.5,
      expect.closeTo(5 / 6, 12),
      Number.NaN,
    ]);
  });

  it('takes numbers outside for the nearest end, and no number for none', () => {
    const float = toAxis({ kind: 'float', name: 'x', low: 0, high: 2 });
    expect([-5, 9, 'many', undefined].map(float.positionOf)).toEqual([
      0,
      1,
      Number.NaN,
      Number.NaN,
    ]);
    const int = toAxis({ kind: 'int', name: 'x', low: 0, high: 3 });
    expect([-5, 9, 1.2, 'many'].map(int.positionOf)).toEqual([0.125, 0.875, 0.375, Number.NaN]);
  });
});
