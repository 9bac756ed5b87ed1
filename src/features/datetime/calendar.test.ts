import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysOfMonth, daysSinceEpoch, toDate } from './calendar.js';

describe('toDate', () => {
  it.each([
    [0, { year: 1970, month: 1, day: 1 }],
    [-1, { year: 1969, month: 12, day: 31 }],
    [11_016, { year: 2000, month: 2, day: 29 }],
    [11_017, { year: 2000, month: 3, day: 1 }],
    [-719_468, { year: 0, month: 3, day: 1 }],
  ])('knows the date %i days after 1970-01-01', (days, date) => {
    expect(toDate(days)).toEqual(date);
  });

  it('is undone by daysSinceEpoch', () => {
    const anyDay = fc.integer({ min: -100_000_000, max: 100_000_000 });
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(daysSinceEpoch(toDate(day))).toBe(day);
      }),
    );
  });
});

describe('daysOfMonth', () => {
  it.each([
    [2026, 1, 31],
    [2026, 2, 28],
    [2024, 2, 29],
    [1900, 2, 28],
    [2000, 2, 29],
    [2026, 4, 30],
    [2026, 12, 31],
    [2026, 0, 0],
    [2026, 13, 0],
  ])('counts the days of %i-%i: %i', (year, month, days) => {
    expect(daysOfMonth(year, month)).toBe(days);
  });
});
