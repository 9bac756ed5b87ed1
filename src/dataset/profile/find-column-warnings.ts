import type { FeatureKind } from '../../contract/feature-plan.js';
import { minRows } from './min-rows.js';
import type { ColumnProfile } from './table-profile.js';

/** A share of missing values from which on a column is worth a warning. */
const nullHeavyShare = 0.5;
/** A share of different values from which on a whole-number or text column looks like an id. */
const idShare = 0.95;

/**
 * What makes a feature column useless or doubtful.
 *
 * @param kind how the pipeline file has the column understood; `null`: it does not say
 */
export function findColumnWarnings(
  column: ColumnProfile,
  rows: number,
  kind: FeatureKind | null,
): readonly string[] {
  const { name, nulls, distinct } = column;
  if (distinct === 0) return [`column '${name}' has no value in any row and teaches nothing`];
  if (column.constant) return [`column '${name}' holds one value only and teaches nothing`];
  const warnings: string[] = [];
  if (nulls >= nullHeavyShare * rows) {
    warnings.push(`column '${name}' is missing in ${nulls} of ${rows} rows`);
  }
  // Texts of which n-grams are learned, and amounts, may well all differ.
  if (kind !== 'text' && kind !== 'number' && isIdLike(column, rows)) {
    warnings.push(
      `column '${name}' looks like an id (${distinct} different values); consider ignore: [${name}]`,
    );
  }
  if (column.almost !== null) {
    const { kind, count, exception } = column.almost;
    const what = kind === 'number' ? 'numbers' : 'dates or times';
    warnings.push(
      `column '${name}' is text, although ${count} of its values are ${what}: row ${exception.row} holds '${exception.value}'; ` +
        'correct such values, or list them under source.nulls',
    );
  }
  return warnings;
}

function isIdLike({ kind, nulls, distinct, wholeNumbers }: ColumnProfile, rows: number): boolean {
  const countable = kind === 'text' || (kind === 'number' && wholeNumbers);
  return countable && rows >= minRows && distinct >= idShare * (rows - nulls);
}
