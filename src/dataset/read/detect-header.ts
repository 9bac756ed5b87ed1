import { fit, type ShapeRules, toShape } from './value-shapes.js';

/** What the first record of a file is, as far as the records behind it tell. */
export type FirstRecord = 'header' | 'data' | 'unclear';

/** Types that a name of a column hardly ever fits. */
const typedFits =
  fit.number |
  fit.date |
  fit.timestamp |
  fit.trueFalse |
  fit.grouped |
  fit.commaDecimal |
  fit.dayMonthYear |
  fit.monthDayYear |
  fit.yearMonthDay |
  fit.givenTime;

/**
 * A name above values of a type that it does not fit makes the first record a header. Otherwise the record is data when,
 * for half of its fields or more, it fits the column's type as its values do, or is itself one of the column's texts.
 */
export function detectHeader(
  first: readonly string[],
  rows: readonly (readonly string[])[],
  rules: ShapeRules,
  nulls: ReadonlySet<string>,
): FirstRecord {
  let likeData = 0;
  for (const [index, name] of first.entries()) {
    const values = rows.flatMap((row) => row[index] ?? []).filter((value) => !nulls.has(value));
    const fits = values.reduce((all, value) => all & toShape(value, rules).fits, typedFits);
    if (values.length === 0 || nulls.has(name.trim())) continue;
    if (fits === 0) {
      if (values.includes(name)) likeData += 1;
    } else if ((toShape(name, rules).fits & fits) === 0) return 'header';
    else if (!isYear(name)) likeData += 1;
  }
  return likeData > 0 && likeData * 2 >= first.length ? 'data' : 'unclear';
}

/** Tables by year often have years for names. */
function isYear(name: string): boolean {
  return /^(19|20)\d\d$/.test(name.trim());
}
