import type { ColumnInfo } from '../table-profile.js';
import { quoteName, quoteText } from './quote.js';

/**
 * SQL expression of a row's place u in [0, 1), from which its side of the split follows.
 *
 * u = (first 13 hex digits of md5(text), as an integer) / 16^13, where text is `<seed>` followed, for each key column
 * in the order of their names, by `;n` for a missing value or `;<length>:<canonical value>`. The lengths make texts
 * of different rows different; a row's own values and the seed decide alone, so equal rows share a side and rows that
 * come later move nobody.
 */
export function splitPosition(columns: readonly ColumnInfo[], seed: number): string {
  const parts = columns
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((column) => {
      const value = canonicalText(column);
      return `CASE WHEN ${quoteName(column.name)} IS NULL THEN ';n' ELSE ';' || length(${value}) || ':' || ${value} END`;
    });
  const text = [quoteText(String(seed)), ...parts].join(' || ');
  return `('0x' || substr(md5(${text}), 1, 13))::UBIGINT / 4503599627370496.0`;
}

/**
 * A value's text, the same whichever type its column got: 5 is `5.0` as an integer, as a double and as text, so a row
 * that is appended later and changes the column's type does not change the texts of the others.
 */
function canonicalText({ name, kind }: ColumnInfo): string {
  const column = quoteName(name);
  switch (kind) {
    case 'number':
      // Adding zero makes -0.0 the 0.0 that it equals.
      return `(${column}::DOUBLE + 0.0)::VARCHAR`;
    case 'boolean':
      return `${column}::VARCHAR`;
    case 'datetime':
      return `${column}::TIMESTAMP::VARCHAR`;
    case 'text': {
      const text = `${column}::VARCHAR`;
      const number = `(TRY_CAST(${text} AS DOUBLE) + 0.0)::VARCHAR`;
      const time = `TRY_CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP)::VARCHAR`;
      return `coalesce(${number}, ${time}, lower(${text}))`;
    }
  }
}
