import type { DatetimeCycle } from './feature-program.js';

/** In the order in which their outputs come. */
export const datetimeCycles = ['hour', 'weekday', 'month'] as const satisfies DatetimeCycle[];

const secondsPerDay = 86_400;
/** Beyond this JavaScript knows no calendar date. */
const maxDateSeconds = 8.64e12;

/** Position inside a cycle as a share of it, in [0, 1); NaN when the time is missing or out of range. */
export function cyclePosition(cycle: DatetimeCycle, seconds: number): number {
  // Written so that NaN fails too.
  if (!(Math.abs(seconds) <= maxDateSeconds)) return Number.NaN;
  const day = Math.floor(seconds / secondsPerDay);
  switch (cycle) {
    case 'hour':
      return Math.floor((seconds - day * secondsPerDay) / 3600) / 24;
    case 'weekday':
      // 1970-01-01 was a Thursday; the week starts on Monday.
      return ((((day + 3) % 7) + 7) % 7) / 7;
    case 'month':
      return new Date(seconds * 1000).getUTCMonth() / 12;
  }
}
