import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cyclePosition, datetimeCycles } from './datetime-cycle.js';

const seconds = (text: string): number => Date.parse(text) / 1000;

describe('cyclePosition', () => {
  it('gives the hour as a share of the day', () => {
    expect(cyclePosition('hour', seconds('2026-11-23T00:59:59Z'))).toBe(0);
    expect(cyclePosition('hour', seconds('2026-11-23T18:30:00Z'))).toBe(18 / 24);
    expect(cyclePosition('hour', seconds('1969-12-31T23:00:00Z'))).toBe(23 / 24);
  });

  it('gives the day as a share of the week that starts on Monday', () => {
    expect(cyclePosition('weekday', seconds('2026-11-23T12:00:00Z'))).toBe(0);
    expect(cyclePosition('weekday', seconds('2026-11-29T12:00:00Z'))).toBe(6 / 7);
    expect(cyclePosition('weekday', seconds('1969-12-28T12:00:00Z'))).toBe(6 / 7);
  });

  it('gives the month as a share of the year', () => {
    expect(cyclePosition('month', seconds('2026-01-31T23:59:59Z'))).toBe(0);
    expect(cyclePosition('month', seconds('1960-12-01T00:00:00Z'))).toBe(11 / 12);
  });

  it('is not a number for missing times and times beyond the calendar', () => {
    for (const cycle of datetimeCycles) {
      expect(cyclePosition(cycle, Number.NaN)).toBeNaN();
      expect(cyclePosition(cycle, 1e13)).toBeNaN();
      expect(cyclePosition(cycle, Number.NEGATIVE_INFINITY)).toBeNaN();
    }
  });

  it('agrees with the calendar of Date on any time', () => {
    const anyTime = fc.integer({ min: -8.64e12, max: 8.64e12 });
    fc.assert(
      fc.property(anyTime, (time) => {
        const date = new Date(time * 1000);
        expect(cyclePosition('hour', time)).toBe(date.getUTCHours() / 24);
        expect(cyclePosition('weekday', time)).toBe(((date.getUTCDay() + 6) % 7) / 7);
        expect(cyclePosition('month', time)).toBe(date.getUTCMonth() / 12);
      }),
    );
  });
});
