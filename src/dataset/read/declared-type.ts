import { quoteText } from '../sql/quote.js';
import type { StrptimePattern } from './strptime-pattern.js';
import {
  commaDecimalPattern,
  datePattern,
  datetimePattern,
  groupedPattern,
} from './value-patterns.js';
import { falseWords, fit, type ShapeRules, toShape, trueWords } from './value-shapes.js';

/** A type that a column was said to have: which texts are values of it, and how SQL makes them so. */
export interface DeclaredType {
  readonly sqlType: string;
  readonly accepts: (text: string) => boolean;
  /** Bit set of `fit`: texts that fit any of these are accepted. */
  readonly impliedBy: number;
  /** SQL expression of the value, from one of the text. */
  readonly convert: (text: string) => string;
}

export interface TextRules {
  readonly decimal: '.' | ',' | null;
  readonly givenTime: StrptimePattern | null;
}

const integerBits: Readonly<Record<string, readonly [bits: number, signed: boolean]>> = {
  TINYINT: [8, true],
  SMALLINT: [16, true],
  INTEGER: [32, true],
  BIGINT: [64, true],
  HUGEINT: [128, true],
  UTINYINT: [8, false],
  USMALLINT: [16, false],
  UINTEGER: [32, false],
  UBIGINT: [64, false],
  UHUGEINT: [128, false],
};

const aliases: Readonly<Record<string, string>> = {
  BOOL: 'BOOLEAN',
  INT: 'INTEGER',
  REAL: 'FLOAT',
  TEXT: 'VARCHAR',
  STRING: 'VARCHAR',
  DECIMAL: 'DECIMAL(18,3)',
  'TIMESTAMP WITH TIME ZONE': 'TIMESTAMPTZ',
};

/** Values of types that nothing is learned from, and of unknown ones, stay the text they are. */
export function toDeclaredType(sqlType: string, rules: TextRules): DeclaredType {
  const upper = sqlType.trim().toUpperCase();
  const name = aliases[upper] ?? upper;
  const bits = integerBits[name];
  if (bits !== undefined) return integerType(name, bits, rules);
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(
    name.replaceAll(' ', '').replace('NUMERIC', 'DECIMAL'),
  );
  if (decimal !== null) return decimalType(Number(decimal[1]), Number(decimal[2]), rules);
  if (name === 'DOUBLE' || name === 'FLOAT') return floatingType(name, rules);
  if (name === 'BOOLEAN') return booleanType;
  if (name === 'DATE' || name.startsWith('TIMESTAMP')) return timeType(name, rules);
  return { sqlType: 'VARCHAR', accepts: () => true, impliedBy: -1, convert: (text) => text };
}

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const digitsText = /^ *[+-]?[0-9]+ *$/;
const plainNumberText = /^ *[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)? *$/;
const infiniteText = /^[+-]?(nan|inf|infinity)$/i;
const groupedText = whole(groupedPattern);
const commaText = whole(commaDecimalPattern.replaceAll('(0|[1-9][0-9]*)', '[0-9]+'));
const dateText = whole(datePattern);
const datetimeText = whole(datetimePattern);

/** The text of a number as SQL reads it, and the SQL that does the same; `null`: it is none. */
function toEnglish(text: string, decimal: TextRules['decimal']): string | null {
  if (decimal === ',') {
    return commaText.test(text) ? text.replaceAll('.', '').replace(',', '.').trim() : null;
  }
  if (plainNumberText.test(text)) return text.trim();
  return groupedText.test(text) ? text.replaceAll(',', '').trim() : null;
}

function englishSql(text: string, decimal: TextRules['decimal']): string {
  return decimal === ','
    ? `replace(replace(${text}, '.', ''), ',', '.')`
    : `replace(${text}, ',', '')`;
}

function integerType(
  sqlType: string,
  [bits, signed]: readonly [number, boolean],
  { decimal }: TextRules,
): DeclaredType {
  return {
    sqlType,
    impliedBy: bits >= 64 && signed ? fit.bigint : 0,
    accepts: (text) => {
      const english = toEnglish(text, decimal);
      if (english === null || !digitsText.test(english)) return false;
      const value = BigInt(english.replace('+', ''));
      return value === (signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value));
    },
    convert: (text) => `CAST(${englishSql(text, decimal)} AS ${sqlType})`,
  };
}

function decimalType(precision: number, scale: number, { decimal }: TextRules): DeclaredType {
  const sqlType = `DECIMAL(${precision},${scale})`;
  return {
    sqlType,
    impliedBy: 0,
    accepts: (text) => {
      const english = toEnglish(text, decimal);
      if (english === null) return false;
      // Rounding may carry into one more digit, so the bound is the value's, not its digits'.
      return Math.abs(Number(english)) < 10 ** (precision - scale) - 0.5 * 10 ** -scale;
    },
    convert: (text) => `CAST(${englishSql(text, decimal)} AS ${sqlType})`,
  };
}

/** NaN and infinite values become missing ones. */
function floatingType(sqlType: string, { decimal }: TextRules): DeclaredType {
  return {
    sqlType,
    impliedBy: fit.bigint | (decimal === ',' ? 0 : fit.number),
    accepts: (text) => infiniteText.test(text) || toEnglish(text, decimal) !== null,
    convert: (text) => {
      const number = `CAST(${englishSql(text, decimal)} AS ${sqlType})`;
      return `CASE WHEN isfinite(${number}) THEN ${number} END`;
    },
  };
}

const words: ReadonlySet<string> = new Set([...trueWords, ...falseWords]);

const booleanType: DeclaredType = {
  sqlType: 'BOOLEAN',
  impliedBy: fit.truthWord,
  accepts: (text) => words.has(text.toLowerCase()),
  convert: (text) => `lower(${text}) IN (${trueWords.map(quoteText).join(', ')})`,
};

function timeType(name: string, { givenTime }: TextRules): DeclaredType {
  const sqlType = name === 'DATE' ? 'DATE' : 'TIMESTAMP';
  const isoText = sqlType === 'DATE' ? dateText : datetimeText;
  const rules: ShapeRules = { decimal: null, isGivenTime: null };
  const isIso = (text: string): boolean =>
    isoText.test(text) && (toShape(text, rules).fits & fit.timestamp) !== 0;
  const fromIso = (text: string): string => `CAST(CAST(${text} AS TIMESTAMPTZ) AS ${sqlType})`;
  const impliedBy = sqlType === 'DATE' ? fit.date : fit.timestamp;
  if (givenTime === null) return { sqlType, impliedBy, accepts: isIso, convert: fromIso };
  return {
    sqlType,
    impliedBy,
    accepts: (text) => givenTime.matches(text) || isIso(text),
    convert: (text) => {
      const given = `try_strptime(${text}, ${quoteText(givenTime.pattern)})`;
      return `coalesce(CAST(${given} AS ${sqlType}), TRY_CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS ${sqlType}))`;
    },
  };
}
