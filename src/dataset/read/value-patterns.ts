const number = '((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?';
const infinity = '([iI]nf|INF|[iI]nfinity|INFINITY)';
const clock = '[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?';
const zone = '(Z|[+-][0-9]{2}(:?[0-9]{2})?)';

/** A whole number without leading zeros: those make a code, not a number. For JavaScript and RE2 alike. */
export const integerPattern = ' *[+-]?(0|[1-9][0-9]*) *';

/** A number in English notation without separators of thousands. For JavaScript and RE2 alike. */
export const numberPattern = ` *[+-]?${number} *|[+-]?${infinity}`;

/** ISO 8601: a date. */
export const datePattern = '[0-9]{4}-[0-9]{2}-[0-9]{2}';

/** ISO 8601: a date, or a date and a time with or without a zone. For JavaScript and RE2 alike. */
export const datetimePattern = `${datePattern}([ T]${clock}${zone}?)?`;

/** Numbers with commas between thousands, e.g. `12,345.67`; numbers without any fit too. */
export const groupedPattern = ' *[+-]?([1-9][0-9]{0,2}(,[0-9]{3})+|0|[1-9][0-9]*)(\\.[0-9]+)? *';

/** Numbers with a decimal comma, e.g. `1234,5` or `1.234,5`; whole numbers fit too. */
export const commaDecimalPattern =
  ' *[+-]?((0|[1-9][0-9]*)(,[0-9]+)?|[1-9][0-9]{0,2}(\\.[0-9]{3})+,[0-9]+) *';

/** The same where the comma is known to be the decimal sign, so that a dot can only stand between thousands. */
export const declaredCommaPattern =
  ' *[+-]?((0|[1-9][0-9]*)|[1-9][0-9]{0,2}(\\.[0-9]{3})+)(,[0-9]+)? *';
