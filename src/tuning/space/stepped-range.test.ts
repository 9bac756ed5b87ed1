import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  indexOfStep,
  isStepped,
  nearestStep,
  type SteppedRange,
  stepCount,
  valueAtStep,
} from './stepped-range.js';

const tenths: SteppedRange = { kind: 'float', name: 'x', low: 0.1, high: 0.7, step: 0.1 };
const units: SteppedRange = { kind: 'int', name: 'units', low: 64, high: 200, step: 64 };

describe('stepped ranges', () => {
  it('are those of whole numbers, and floats with a step', () => {
    expect(isStepped({ kind: 'int', name: 'n', low: 1, high: 3 })).toBe(true);
    expect(isStepped(tenths)).toBe(true);
    expect(isStepped({ kind: 'float', name: 'x', low: 0, high: 1 })).toBe(false);
    expect(isStepped({ kind: 'categorical', name: 'c', choices: [1] })).toBe(false);
  });

  it('hold decimal fractions as people write them, the last step included', () => {
    const values = Array.from({ length: stepCount(tenths) }, (_, i) => valueAtStep(tenths, i));
    expect(values).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
  });

  it('end at the last step below high', () => {
    expect(stepCount(units)).toBe(3);
    expect(nearestStep(units, 1000)).toBe(192);
    expect(nearestStep(units, 0)).toBe(64);
    expect(nearestStep(units, 97)).toBe(128);
  });

  it('know which number is one of theirs', () => {
    expect([64, 192, 256, 0, 65].map((value) => indexOfStep(units, value))).toEqual([
      ...[0, 2, null, null, null],
    ]);
    expect(indexOfStep(tenths, 0.1 + 0.2)).toBe(2);
    expect(indexOfStep(tenths, 0.35)).toBeNull();
    expect(indexOfStep(tenths, 0.8)).toBeNull();
  });

  it('find every value of theirs again', () => {
    const ranges = fc.record({
      low: fc.integer({ min: -5000, max: 5000 }).map((value) => value / 1000),
      step: fc.integer({ min: 1, max: 400 }).map((value) => value / 1000),
      count: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(ranges, fc.nat(), ({ low, step, count }, seed) => {
        const high = low + (count - 1) * step;
        const range: SteppedRange = { kind: 'float', name: 'x', low, high, step };
        expect(stepCount(range)).toBe(count);
        const value = valueAtStep(range, seed % count);
        expect(indexOfStep(range, value)).toBe(seed % count);
        expect(nearestStep(range, value)).toBe(value);
      }),
    );
  });
});
