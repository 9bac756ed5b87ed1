import { daysOfMonth, daysSinceEpoch } from './calendar.js';

const datetimePattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.(\d{1,9}))?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * Reads an ISO 8601 date or time, e.g. `2026-11-23`, `2026-11-23 17:08:12.5` or `2026-11-23T17:08:12+01:00`;
 * without a zone it is UTC. Kept to the microsecond, as DuckDB does (from 1685 to 2255 exactly).
 *
 * @returns seconds since 1970-01-01T00:00:00Z, or null when the text is no such time
 */
export function parseDatetime(text: string): number | null {
  const match = datetimePattern.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', zone = 'Z'] = match;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  const isDate = date.day >= 1 && date.day <= daysOfMonth(date.year, date.month);
  if (!isDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const minutes = Number(hour) * 60 + Number(minute) - zoneMinutes(zone);
  const seconds = daysSinceEpoch(date) * 86_400 + minutes * 60 + Number(second);
  const micros = Number(fraction.slice(0, 6).padEnd(6, '0'));
  return (seconds * 1_000_000 + micros) / 1_000_000;
}

function zoneMinutes(zone: string): number {
  if (zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith('-') ? -minutes : minutes;
}
