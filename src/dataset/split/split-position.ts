import type { ColumnInfo } from '../profile/table-profile.js';
import { quoteName, quoteText } from '../sql/quote.js';

/**
 * SQL SELECT of one `digest` for each row of a table, from which its places follow.
 *
 * The digest is md5(text), where text is `<seed>` followed, for each key column in the order of their names, by `;n`
 * for a missing value or `;<length>:<canonical value>`. The lengths make texts of different rows different; a row's own
 * values and the seed decide alone, so equal rows have equal places and rows that come later move nobody.
 *
 * @param others SQL of further columns by their names in the result
 */
export function selectDigests(
  table: string,
  columns: readonly ColumnInfo[],
  seed: number,
  others: Readonly<Record<string, string>>,
): string {
  const sorted = columns.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  // Each canonical value is computed once, in a SELECT of its own.
  const values = sorted.map((column, index) => `${canonicalText(column)} AS value${index}`);
  const parts = sorted.map(
    (_, index) => `coalesce(';' || length(value${index}) || ':' || value${index}, ';n')`,
  );
  // Not with `||`, which for many columns would be an expression deeper than DuckDB allows.
  const text = `concat(${[quoteText(String(seed)), ...parts].join(', ')})`;
  const selected = Object.entries(others).map(([name, sql]) => `${sql} AS ${name}`);
  return `SELECT ${[...Object.keys(others), `md5(${text}) AS digest`].join(', ')}
    FROM (SELECT ${[...selected, ...values].join(', ')} FROM ${table})`;
}

/**
 * SQL expression of a place in [0, 1): 13 hex digits of a digest as an integer, divided by 16^13. The first 13 decide
 * the side of the split, the next 13 the fold.
 */
export function positionOf(digest: string, purpose: 'side' | 'fold'): string {
  const first = purpose === 'side' ? 1 : 14;
  return `('0x' || substr(${digest}, ${first}, 13))::UBIGINT / 4503599627370496.0`;
}

/**
 * A value's text, the same whichever type its column got: 5 is `5.0` as an integer, as a double and as text, so a row
 * that is appended later and changes the column's type does not change the texts of the others.
 */
export function canonicalText({ name, kind }: ColumnInfo): string {
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
      // Most texts begin like no time, which is found out faster than by trying to read one.
      const isLikeTime = `regexp_matches(${text}, '^\\s*([0-9+-]|inf|epoch)', 'i')`;
      const time = `CASE WHEN ${isLikeTime} THEN TRY_CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP)::VARCHAR END`;
      return `coalesce(${number}, ${time}, lower(${text}))`;
    }
  }
}
