import { daysOfMonth } from '../../features/datetime/calendar.js';

/** Whether the day exists in the Gregorian calendar; years 1 to 9999. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  return year >= 1 && day >= 1 && day <= daysOfMonth(year, month);
}

/** Whether `H:MM` or `H:MM:SS` is a time of day; a leap second is none. */
export function isClockTime(clock: string): boolean {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return hours <= 23 && minutes <= 59 && seconds <= 59;
}
