import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianOf } from './median-of.js';

describe('medianOf', () => {
  it.each([
    [[5], 5],
    [[9, 1, 5], 5],
    [[4, 1, 1, 2], 1.5],
    [[Number.MAX_VALUE, Number.MAX_VALUE], Number.MAX_VALUE],
    [[-Number.MAX_VALUE, Number.MAX_VALUE], 0],
  ])('finds the middle of %j', (values, median) => {
    expect(medianOf(Float64Array.from(values))).toBe(median);
  });

  it('agrees with sorting, for any numbers in any order', () => {
    const few = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 2000 });
    const many = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 1,
      maxLength: 2000,
    });
    fc.assert(
      fc.property(fc.oneof(few, many), (values) => {
        const numbers = Float64Array.from(values);
        const sorted = numbers.toSorted();
        const upper = sorted[sorted.length >> 1] as number;
        const lower = sorted[(sorted.length - 1) >> 1] as number;
        // Adding 0 makes one zero of two.
        expect(medianOf(numbers) + 0).toBe((lower === upper ? lower : lower / 2 + upper / 2) + 0);
        expect([...numbers]).toEqual(values);
      }),
    );
  });

  it('ends on sorted, reversed, equal and sawtooth numbers', () => {
    const length = 20_000;
    const numbers = Float64Array.from({ length }, (_, index) => index);
    expect(medianOf(numbers)).toBe((length - 1) / 2);
    expect(medianOf(numbers.toReversed())).toBe((length - 1) / 2);
    expect(medianOf(numbers.map(() => 7))).toBe(7);
    expect(medianOf(numbers.map((index) => index % 5))).toBe(2);
    const organPipe = numbers.map((index) => Math.min(index, length - 1 - index));
    expect(medianOf(organPipe)).toBe((length / 2 - 1) / 2);
  });
});
