import { quoteText } from '../sql/quote.js';
import { type ColumnEvidence, has, hasValues } from './column-evidence.js';
import type { StrptimePattern } from './strptime-pattern.js';
import { fit, trueWords } from './value-shapes.js';

/** How a column of texts becomes a typed one. */
export interface DecidedType {
  readonly sqlType: string;
  /** Type in which DuckDB's reader takes the column from the file. */
  readonly readType: string;
  /** SQL expression of the value, from one of what was read. */
  readonly convert: (read: string) => string;
  /** What a person should know of the decision; the column is named by whoever reports it. */
  readonly notes: readonly string[];
}

/**
 * The most specific type that all values of a column fit: BIGINT, DOUBLE, BOOLEAN, DATE, TIMESTAMP (in UTC), else
 * VARCHAR. Whole numbers beyond 64 bits stay text, because no number type keeps them exactly.
 *
 * @param delimiter of the file: a comma between fields makes a decimal comma unlikely; `null` where there is none
 */
export function decideType(
  evidence: ColumnEvidence,
  options: { readonly delimiter: string | null; readonly givenTime: StrptimePattern | null },
): DecidedType {
  if (!hasValues(evidence)) return plain('VARCHAR');
  if (fits(evidence, fit.givenTime) && options.givenTime !== null) {
    return toGivenTime(options.givenTime);
  }
  return (
    decidePlainNumber(evidence) ??
    decideIso(evidence) ??
    decideMarkedNumber(evidence, options.delimiter) ??
    decideLocalDate(evidence) ??
    decideTruth(evidence) ??
    toText(evidence)
  );
}

function plain(sqlType: string, notes: readonly string[] = []): DecidedType {
  return { sqlType, readType: sqlType, convert: (read) => read, notes };
}

function fits(evidence: ColumnEvidence, type: number): boolean {
  return (evidence.fits & type) !== 0;
}

function decidePlainNumber(evidence: ColumnEvidence): DecidedType | null {
  if (fits(evidence, fit.bigint)) return plain('BIGINT');
  if (fits(evidence, fit.integer)) {
    return plain('VARCHAR', ['whole numbers beyond 64 bits are kept as text, exactly']);
  }
  if (!fits(evidence, fit.number)) return null;
  const { infinite, beyondDouble } = evidence;
  const notes = [
    ...(infinite > 0 ? [`${infinite} infinite values are read as missing`] : []),
    ...(beyondDouble > 0
      ? [
          `${beyondDouble} whole numbers beyond 2^53 are rounded, because other values have fractions`,
        ]
      : []),
  ];
  const finite = (read: string): string => `CASE WHEN isfinite(${read}) THEN ${read} END`;
  return infinite > 0 ? { ...plain('DOUBLE', notes), convert: finite } : plain('DOUBLE', notes);
}

function decideIso(evidence: ColumnEvidence): DecidedType | null {
  if (fits(evidence, fit.trueFalse)) return plain('BOOLEAN');
  if (fits(evidence, fit.date)) return plain('DATE');
  if (!fits(evidence, fit.timestamp)) return null;
  if (!has(evidence, 'zoned')) return plain('TIMESTAMP');
  const mixed = has(evidence, 'zoneless') ? ['times without a zone are taken as UTC'] : [];
  // Through TIMESTAMPTZ, because a cast to TIMESTAMP drops the zone; the session's own zone is UTC.
  return {
    sqlType: 'TIMESTAMP',
    readType: 'TIMESTAMPTZ',
    convert: (read) => `CAST(${read} AS TIMESTAMP)`,
    notes: mixed,
  };
}

/** Numbers with commas, which stand between thousands or for the decimal point. */
function decideMarkedNumber(
  evidence: ColumnEvidence,
  delimiter: string | null,
): DecidedType | null {
  const isGrouped = fits(evidence, fit.grouped);
  const isComma = fits(evidence, fit.commaDecimal);
  if (isComma && (!isGrouped || (delimiter !== ',' && delimiter !== null))) {
    return {
      ...fromText('DOUBLE', (read) => `replace(replace(${read}, '.', ''), ',', '.')`),
      notes: ['the comma is read as the decimal sign'],
    };
  }
  if (!isGrouped) return null;
  // Where a comma is no delimiter it is more likely the decimal sign than not.
  if (delimiter !== ',' && delimiter !== null && !has(evidence, 'surelyGrouped')) return null;
  const unsure = isComma ? "; set `decimal: ','` if it is the decimal sign" : '';
  return {
    ...fromText('DOUBLE', (read) => `replace(${read}, ',', '')`),
    notes: [`the comma is read as a separator of thousands${unsure}`],
  };
}

function fromText(sqlType: string, toEnglish: (read: string) => string): DecidedType {
  return {
    sqlType,
    readType: 'VARCHAR',
    convert: (read) => `CAST(${toEnglish(read)} AS ${sqlType})`,
    notes: [],
  };
}

function decideLocalDate(evidence: ColumnEvidence): DecidedType | null {
  const marks = (['slashes', 'dots', 'dashes'] as const).filter((mark) => has(evidence, mark));
  const [mark] = marks;
  if (mark === undefined || marks.length > 1) return null;
  const sign = { slashes: '/', dots: '.', dashes: '-' }[mark];
  const isDayFirst = fits(evidence, fit.dayMonthYear);
  const isMonthFirst = fits(evidence, fit.monthDayYear);
  if (fits(evidence, fit.yearMonthDay)) return toLocalDate(evidence, ['%Y', '%m', '%d'].join(sign));
  if (isDayFirst && (!isMonthFirst || mark === 'dots')) {
    return toLocalDate(evidence, ['%d', '%m', '%Y'].join(sign), 'day before month');
  }
  if (!isMonthFirst) return null;
  if (!isDayFirst) return toLocalDate(evidence, ['%m', '%d', '%Y'].join(sign), 'month before day');
  const example = ['%d', '%m', '%Y'].join(sign);
  return plain('VARCHAR', [
    `dates are kept as text, because no value tells whether the day or the month comes first; set \`datetimeFormat\`, e.g. '${example}'`,
  ]);
}

function toLocalDate(evidence: ColumnEvidence, pattern: string, order?: string): DecidedType {
  const hasTime = has(evidence, 'timeOfDay');
  const patterns = hasTime ? [`${pattern} %H:%M:%S`, `${pattern} %H:%M`, pattern] : [pattern];
  const sqlType = hasTime ? 'TIMESTAMP' : 'DATE';
  const list = patterns.map(quoteText).join(', ');
  return {
    sqlType,
    readType: 'VARCHAR',
    convert: (read) => `CAST(strptime(${read}, [${list}]) AS ${sqlType})`,
    notes: order === undefined ? [] : [`dates are read with the ${order} (${pattern})`],
  };
}

function toGivenTime({ pattern, hasTime, hasZone }: StrptimePattern): DecidedType {
  const sqlType = hasTime ? 'TIMESTAMP' : 'DATE';
  const parsed = (read: string): string => `strptime(${read}, ${quoteText(pattern)})`;
  return {
    sqlType,
    readType: 'VARCHAR',
    convert: (read) => `CAST(${parsed(read)} AS ${hasZone ? 'TIMESTAMP' : sqlType})`,
    notes: [],
  };
}

/** A mixture of words for true and false, of which at least `true` and `false`, or `yes` and `no`, are beyond doubt. */
function decideTruth(evidence: ColumnEvidence): DecidedType | null {
  if (!fits(evidence, fit.truthWord)) return null;
  const isTrueFalse = has(evidence, 'trueWord') && has(evidence, 'falseWord');
  const isYesNo = has(evidence, 'yesWord') && has(evidence, 'noWord');
  // Words of one pair alone are a category of two levels, which keep their names.
  const isMixed = has(evidence, 'shortWord') || (isTrueFalse && isYesNo);
  if (!isMixed || !(isTrueFalse || isYesNo)) return null;
  return {
    sqlType: 'BOOLEAN',
    readType: 'VARCHAR',
    convert: (read) => `lower(${read}) IN (${trueWords.map(quoteText).join(', ')})`,
    notes: [`words for true and false are mixed; ${trueWords.join(', ')} are read as true`],
  };
}

/** Text; where one value is to blame for that, the note says which. */
function toText({ exception }: ColumnEvidence): DecidedType {
  if (exception === null) return plain('VARCHAR');
  const { place, rowsBefore } = exception;
  const where = place.line === null ? place.file : `line ${place.line} of ${place.file}`;
  const kind = exception.fits & fit.number ? 'numbers' : 'dates or times';
  return plain('VARCHAR', [
    `the column is text because of '${place.value}' in ${where}; the rows before it (${rowsBefore}) hold ${kind}`,
  ]);
}
