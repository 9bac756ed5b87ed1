import { RecetaError } from '../../contract/errors.js';
import { isCalendarDay } from './calendar.js';

export interface StrptimePattern {
  readonly pattern: string;
  readonly hasTime: boolean;
  readonly hasZone: boolean;
  /** Whether a text follows the pattern and names a time that exists. */
  readonly matches: (text: string) => boolean;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const longMonths =
  'january|february|march|april|may|june|july|august|september|october|november|december';
const weekdays = 'sunday|monday|tuesday|wednesday|thursday|friday|saturday';

/** What stands for a specifier: numbers take as many digits as they can, as strptime does. */
const specifiers: Readonly<Record<string, readonly [part: string, digits: string]>> = {
  Y: ['year', '\\d{4}'],
  y: ['shortYear', '\\d{1,2}'],
  m: ['month', '\\d{1,2}'],
  d: ['day', '\\d{1,2}'],
  H: ['hour', '\\d{1,2}'],
  I: ['hour12', '\\d{1,2}'],
  M: ['minute', '\\d{1,2}'],
  S: ['second', '\\d{1,2}'],
  f: ['fraction', '\\d{1,6}'],
  p: ['half', '[aApP][mM]'],
  b: ['monthName', months.join('|')],
  B: ['longMonthName', longMonths],
  a: ['weekday', 'sun|mon|tue|wed|thu|fri|sat'],
  A: ['longWeekday', weekdays],
  z: ['zone', '[+-]\\d{2}(?::?\\d{2})?'],
};

const timeSpecifiers = /%-?(H|I|M|S|f|p|z)/;

/**
 * Reads a strptime pattern; see https://duckdb.org/docs/stable/sql/functions/dateformat for the specifiers.
 *
 * @throws RecetaError `source-unreadable` for a specifier that is not known, or none for the year, month or day
 */
export function parseStrptimePattern(pattern: string): StrptimePattern {
  let source = '';
  const parts = new Set<string>();
  for (const [token] of pattern.matchAll(/%-?.|[^%]+|%$/gs)) {
    if (!token.startsWith('%')) source += escapeText(token);
    else if (token === '%%') source += '%';
    else {
      const [part, expression] = specifiers[token.replace(/^%-?/, '')] ?? [];
      if (part === undefined || parts.has(part))
        throw refuse(pattern, `'${token}' is not known, or there twice`);
      parts.add(part);
      source += `(?=(?<${part}>${expression}))\\k<${part}>`;
    }
  }
  const names = (options: readonly string[]): boolean => options.some((name) => parts.has(name));
  if (
    !names(['year', 'shortYear']) ||
    !names(['month', 'monthName', 'longMonthName']) ||
    !parts.has('day')
  ) {
    throw refuse(pattern, 'it has to name a year, a month and a day');
  }
  const whole = new RegExp(`^${source}$`, 'i');
  return {
    pattern,
    hasTime: timeSpecifiers.test(pattern),
    hasZone: parts.has('zone'),
    matches: (text) => namesTime(whole.exec(text)?.groups),
  };
}

function namesTime(groups: Readonly<Record<string, string>> | undefined): boolean {
  if (groups === undefined) return false;
  const number = (part: string): number | undefined =>
    groups[part] === undefined ? undefined : Number(groups[part]);
  const monthName = groups.monthName ?? groups.longMonthName;
  const month =
    monthName === undefined
      ? number('month')
      : months.indexOf(monthName.slice(0, 3).toLowerCase()) + 1;
  const year = number('year') ?? 2000 + (number('shortYear') ?? 0);
  const within = (part: string, low: number, high: number): boolean => {
    const value = number(part);
    return value === undefined || (value >= low && value <= high);
  };
  return (
    isCalendarDay(year, month ?? 0, number('day') ?? 0) &&
    within('hour', 0, 23) &&
    within('hour12', 1, 12) &&
    within('minute', 0, 59) &&
    within('second', 0, 59)
  );
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function refuse(pattern: string, found: string): RecetaError {
  return new RecetaError(
    'source-unreadable',
    `Reading datetimeFormat '${pattern}': ${found}. Use strptime specifiers, e.g. %d.%m.%Y %H:%M:%S.`,
    { problems: [{ message: found, path: 'datetimeFormat' }] },
  );
}
