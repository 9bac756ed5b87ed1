import { isCalendarDay, isClockTime } from './calendar.js';
import {
  commaDecimalPattern,
  datetimePattern,
  declaredCommaPattern,
  groupedPattern,
  integerPattern,
  numberPattern,
} from './value-patterns.js';

/** Bit set of the types that a text fits. */
export const fit = {
  bigint: 1,
  /** Whole, of any size. */
  integer: 2,
  number: 4,
  trueFalse: 8,
  date: 16,
  timestamp: 32,
  /** With commas between thousands. */
  grouped: 64,
  commaDecimal: 128,
  /** One of many words for true and false. */
  truthWord: 256,
  dayMonthYear: 512,
  monthDayYear: 1024,
  yearMonthDay: 2048,
  /** The pattern that the reader was given for dates and times. */
  givenTime: 4096,
} as const;

/** Bit set of what else matters of a text when its column's type is chosen. */
export const trait = {
  zoned: 1,
  /** A time of day without a zone. */
  zoneless: 2,
  infinite: 4,
  /** A whole number that a double does not hold exactly. */
  beyondDouble: 8,
  timeOfDay: 64,
  slashes: 128,
  dots: 256,
  dashes: 512,
  trueWord: 1024,
  falseWord: 2048,
  yesWord: 4096,
  noWord: 8192,
  /** Any other word for true or false: y, n, t, f, on, off, 1, 0. */
  shortWord: 16384,
  /** Commas that can only stand between thousands: several of them, or one before a point. */
  surelyGrouped: 65536,
} as const;

export interface Shape {
  readonly fits: number;
  readonly traits: number;
}

export interface ShapeRules {
  /** `null`: either, as the values say. */
  readonly decimal: '.' | ',' | null;
  /** Whether a text follows the given pattern for dates and times; `null`: none was given. */
  readonly isGivenTime: ((text: string) => boolean) | null;
}

export const textShape: Shape = { fits: 0, traits: 0 };

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const integerText = whole(integerPattern);
const numberText = whole(numberPattern);
const datetimeText = whole(datetimePattern);
const groupedText = whole(groupedPattern);
const commaDecimalText = whole(commaDecimalPattern);
const declaredCommaText = whole(declaredCommaPattern);
const localDateText =
  /^(?:(\d{1,2})([/.-])(\d{1,2})\2(\d{4})|(\d{4})([/.])(\d{1,2})\6(\d{1,2}))(?: (\d{1,2}:\d{2}(?::\d{2})?))?$/;

/** Longer texts are no numbers, dates or words; numbers of more digits have no use. */
export const longestShapedText = 330;

/** What a text that is not missing may be. Every value of a column is judged by this one function. */
export function toShape(text: string, rules: ShapeRules): Shape {
  if (text.length > longestShapedText) return textShape;
  const shape = toPlainShape(text, rules);
  if (rules.isGivenTime?.(text) !== true) return shape;
  return { fits: shape.fits | fit.givenTime, traits: shape.traits };
}

function toPlainShape(text: string, rules: ShapeRules): Shape {
  const words = truthWords.get(text.toLowerCase());
  const numeric = rules.decimal === ',' ? toCommaNumberShape(text) : toNumberShape(text, rules);
  if (words !== undefined) {
    return { fits: words.fits | numeric.fits, traits: words.traits | numeric.traits };
  }
  if (numeric.fits !== 0) return numeric;
  return datetimeText.test(text) ? toDatetimeShape(text) : toLocalDateShape(text);
}

function toNumberShape(text: string, { decimal }: ShapeRules): Shape {
  let fits = 0;
  let traits = 0;
  if (integerText.test(text)) {
    const value = BigInt(text.replaceAll(/[ +]/g, ''));
    fits |= fit.integer | (BigInt.asIntN(64, value) === value ? fit.bigint : 0);
    if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER)
      traits |= trait.beyondDouble;
  }
  if (numberText.test(text)) {
    fits |= fit.number;
    // `inf` in any of its spellings is no number to JavaScript, and `1e999` is an infinite one.
    if (!Number.isFinite(Number(text))) traits |= trait.infinite;
  }
  if (groupedText.test(text)) {
    fits |= fit.grouped;
    if (/,.*[,.]/.test(text)) traits |= trait.surelyGrouped;
  }
  if (decimal === null && commaDecimalText.test(text)) {
    fits |= fit.commaDecimal;
  }
  return { fits, traits };
}

function toCommaNumberShape(text: string): Shape {
  if (integerText.test(text)) {
    const { fits, traits } = toNumberShape(text, { decimal: '.', isGivenTime: null });
    return { fits: (fits & (fit.bigint | fit.integer)) | fit.commaDecimal, traits };
  }
  if (!declaredCommaText.test(text)) return textShape;
  return { fits: fit.commaDecimal, traits: 0 };
}

function toDatetimeShape(text: string): Shape {
  const day = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  const [year = 0, month = 0, dayOfMonth = 0] = day;
  if (!isCalendarDay(year, month, dayOfMonth)) return textShape;
  if (text.length === 10) return { fits: fit.date | fit.timestamp, traits: 0 };
  const [, clock = '', zone] = /^([0-9:]+)(?:\.[0-9]+)?(.*)$/.exec(text.slice(11)) ?? [];
  if (!isClockTime(clock)) return textShape;
  if (zone === '' || zone === undefined) {
    return { fits: fit.timestamp, traits: trait.timeOfDay | trait.zoneless };
  }
  const [hours = 0, minutes = 0] = [
    Number(zone.slice(1, 3)),
    Number(zone.slice(3).replace(':', '')),
  ];
  const known = zone === 'Z' || (hours <= 14 && minutes <= 59);
  return known ? { fits: fit.timestamp, traits: trait.timeOfDay | trait.zoned } : textShape;
}

function toLocalDateShape(text: string): Shape {
  const match = localDateText.exec(text);
  if (match === null) return textShape;
  const [, first, mark, second, lastYear, firstYear, yearMark, month, day, clock] = match;
  if (clock !== undefined && !isClockTime(clock)) return textShape;
  const timeTraits = clock === undefined ? 0 : trait.timeOfDay;
  const traits = timeTraits | (markTraits.get(mark ?? yearMark ?? '') ?? 0);
  if (firstYear !== undefined) {
    const known = isCalendarDay(Number(firstYear), Number(month), Number(day));
    return known ? { fits: fit.yearMonthDay, traits } : textShape;
  }
  const [one, two, year] = [Number(first), Number(second), Number(lastYear)];
  const dayFirst = isCalendarDay(year, two, one) ? fit.dayMonthYear : 0;
  const monthFirst = isCalendarDay(year, one, two) ? fit.monthDayYear : 0;
  return dayFirst | monthFirst ? { fits: dayFirst | monthFirst, traits } : textShape;
}

const markTraits: ReadonlyMap<string, number> = new Map([
  ['/', trait.slashes],
  ['.', trait.dots],
  ['-', trait.dashes],
]);

/** Words for true and for false, in lower case. */
export const trueWords = ['true', 'yes', 'y', 't', 'on', '1'] as const;
export const falseWords = ['false', 'no', 'n', 'f', 'off', '0'] as const;

const longWords: Readonly<Record<string, Shape>> = {
  true: { fits: fit.truthWord | fit.trueFalse, traits: trait.trueWord },
  false: { fits: fit.truthWord | fit.trueFalse, traits: trait.falseWord },
  yes: { fits: fit.truthWord, traits: trait.yesWord },
  no: { fits: fit.truthWord, traits: trait.noWord },
};

const truthWords: ReadonlyMap<string, Shape> = new Map(
  [...trueWords, ...falseWords].map((word) => {
    return [word, longWords[word] ?? { fits: fit.truthWord, traits: trait.shortWord }];
  }),
);
