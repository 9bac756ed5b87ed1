import type { DatetimePart } from '../../contract/feature-plan.js';
import { toDate } from './calendar.js';

/** In the order in which their outputs come. */
export const datetimeParts = [
  'minute',
  'hour',
  'weekday',
  'day',
  'month',
  'year',
] as const satisfies DatetimePart[];

/** Values of the parts that repeat. */
export const cycleLengths = {
  minute: 60,
  hour: 24,
  weekday: 7,
  day: 31,
  month: 12,
} as const satisfies Partial<Record<DatetimePart, number>>;

export type CyclicPart = keyof typeof cycleLengths;

export function isCyclic(part: DatetimePart): part is CyclicPart {
  return part !== 'year';
}

const secondsPerDay = 86_400;
/** Beyond this JavaScript knows no calendar date. */
const maxDateSeconds = 8.64e12;

/**
 * A part of a time in UTC, counted from 0: minute of the hour, hour of the day, day of the week (Monday is 0), day of
 * the month, month of the year; only the year is the calendar's number. NaN when the time is missing or out of range.
 */
export function datetimePartOf(part: DatetimePart, seconds: number): number {
  // Written so that NaN fails too.
  if (!(Math.abs(seconds) <= maxDateSeconds)) return Number.NaN;
  const day = Math.floor(seconds / secondsPerDay);
  switch (part) {
    case 'minute':
      return Math.floor((seconds - day * secondsPerDay) / 60) % 60;
    case 'hour':
      return Math.floor((seconds - day * secondsPerDay) / 3600);
    case 'weekday':
      // 1970-01-01 was a Thursday.
      return (((day + 3) % 7) + 7) % 7;
    default:
      return toDate(day)[part] - (part === 'year' ? 0 : 1);
  }
}
