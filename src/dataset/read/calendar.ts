const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Whether the day exists in the Gregorian calendar; years 1 to 9999. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1 || day < 1) return false;
  const days = month === 2 && isLeapYear(year) ? 29 : daysOfMonths[month - 1];
  return days !== undefined && day <= days;
}

/** Whether `H:MM` or `H:MM:SS` is a time of day; a leap second is none. */
export function isClockTime(clock: string): boolean {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return hours <= 23 && minutes <= 59 && seconds <= 59;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
