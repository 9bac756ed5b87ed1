import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatetimePart } from '../../contract/feature-plan.js';
import { datetimePartOf, datetimeParts } from './datetime-part.js';

const seconds = (text: string): number => Date.parse(text) / 1000;

function partsOf(text: string): Record<DatetimePart, number> {
  const entries = datetimeParts.map((part) => [part, datetimePartOf(part, seconds(text))]);
  return Object.fromEntries(entries);
}

describe('datetimePartOf', () => {
  it('counts from 0, but for the year', () => {
    expect(partsOf('2026-11-23T18:30:59Z')).toEqual({
      minute: 30,
      hour: 18,
      weekday: 0,
      day: 22,
      month: 10,
      year: 2026,
    });
  });

  it('knows times before 1970', () => {
    expect(partsOf('1969-12-28T23:59:59Z')).toEqual({
      minute: 59,
      hour: 23,
      weekday: 6,
      day: 27,
      month: 11,
      year: 1969,
    });
  });

  it('is not a number for missing times and times beyond the calendar', () => {
    for (const part of datetimeParts) {
      expect(datetimePartOf(part, Number.NaN)).toBeNaN();
      expect(datetimePartOf(part, 1e13)).toBeNaN();
      expect(datetimePartOf(part, Number.NEGATIVE_INFINITY)).toBeNaN();
    }
  });

  it('agrees with the calendar of Date on any time', () => {
    const anyTime = fc.integer({ min: -8.64e12, max: 8.64e12 });
    fc.assert(
      fc.property(anyTime, (time) => {
        const date = new Date(time * 1000);
        expect(datetimePartOf('minute', time)).toBe(date.getUTCMinutes());
        expect(datetimePartOf('hour', time)).toBe(date.getUTCHours());
        expect(datetimePartOf('weekday', time)).toBe((date.getUTCDay() + 6) % 7);
        expect(datetimePartOf('day', time)).toBe(date.getUTCDate() - 1);
        expect(datetimePartOf('month', time)).toBe(date.getUTCMonth());
        expect(datetimePartOf('year', time)).toBe(date.getUTCFullYear());
      }),
      { numRuns: 2000 },
    );
  });
});
