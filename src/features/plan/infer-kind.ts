import type { FeatureKind } from '../../contract/feature-plan.js';
import type { Column, ColumnKind, TextColumn } from '../column-table.js';
import { countLabels } from '../labels.js';
import { kindsWithOption } from './option-rules.js';

/** Fewer different texts are categories, whatever they look like. */
const minProseTexts = 20;
/** Words that a text of prose has on average. */
const minProseWords = 5;

/**
 * How a column is understood when the plan leaves it open: as the one kind that knows the options it is given, else by
 * its values, of which texts that look like prose are text and others categories.
 *
 * @param options names of the options that the plan gives the column
 */
export function inferKind(column: Column, options: readonly string[] = []): FeatureKind {
  const looks = inferFromValues(column);
  const knowsAll = (kind: FeatureKind): boolean =>
    options.every((option) => kindsWithOption(option).includes(kind));
  const [only, other] = possibleKinds[column.kind].filter(knowsAll);
  return knowsAll(looks) || only === undefined || other !== undefined ? looks : only;
}

function inferFromValues(column: Column): FeatureKind {
  if (column.kind !== 'text') return column.kind;
  return isProse(column) ? 'text' : 'category';
}

/** At least half of the texts differ, and they have five words or more on average. */
function isProse(column: TextColumn): boolean {
  const counts = countLabels(column);
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (counts.size < minProseTexts || counts.size * 2 < rows) return false;
  let words = 0;
  for (const text of counts.keys()) words += text.match(/\S+/gu)?.length ?? 0;
  return words >= minProseWords * counts.size;
}

/** The kinds as which raw values can be understood; the first is their own. */
export const possibleKinds: Readonly<Record<ColumnKind, readonly FeatureKind[]>> = {
  number: ['number', 'category', 'boolean'],
  boolean: ['boolean', 'category', 'number'],
  datetime: ['datetime', 'category'],
  text: ['category', 'text'],
};
