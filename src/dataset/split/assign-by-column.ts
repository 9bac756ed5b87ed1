import type { SplitPlan } from '../../contract/pipeline-plan.js';
import { quoteName, quoteText } from '../sql/quote.js';
import { createAssignment, marks } from './assignment.js';
import { findSplitColumn, type SplitSource, splitInvalid } from './split-source.js';

type ColumnSplit = Extract<SplitPlan, { readonly type: 'column' }>;

const parts = ['train', 'validation', 'test'] as const;
type Part = (typeof parts)[number];

/** Values that are shown when some are not known. */
const maxShownValues = 10;

/** Assigns rows by what a column says, e.g. `train`. */
export async function assignByColumn(source: SplitSource, split: ColumnSplit): Promise<void> {
  const { name } = findSplitColumn(source, split.column, 'split.column');
  const text = `${quoteName(name)}::VARCHAR`;
  const found = await source.session.rows<{ value: string | null; rows: number }>(
    `SELECT ${text} AS value, count(*)::DOUBLE AS rows FROM ${source.sql} WHERE ${source.isKnown}
     GROUP BY value ORDER BY rows DESC, value LIMIT 1000`,
  );
  const partOf = (value: string | null): Part | undefined =>
    parts.find(
      (part) => value !== null && split.values[part].some((label) => isSame(label, value)),
    );
  const unknown = found.filter(({ value }) => partOf(value) === undefined);
  if (unknown.length > 0) throw unknownValues(unknown, split);
  refuseEmptyParts(split, new Set(found.map(({ value }) => partOf(value))));
  const valuesOf = (part: Part): string =>
    found
      .flatMap(({ value }) => (value !== null && partOf(value) === part ? [quoteText(value)] : []))
      .join(', ');
  await createAssignment(
    source.session,
    `SELECT 1 AS trains, CASE WHEN NOT ${source.isKnown} THEN ${marks.noTarget}
       WHEN ${text} IN (${valuesOf('test')}) THEN ${marks.test}
       WHEN ${text} IN (${valuesOf('validation')}) THEN 0 ELSE ${marks.trainOnly} END AS fold FROM ${source.sql}`,
  );
}

/** The pipeline file's 1 is the column's 1.0. */
function isSame(label: string, value: string): boolean {
  if (label === value) return true;
  return label.trim() !== '' && value.trim() !== '' && Number(label) === Number(value);
}

function unknownValues(
  unknown: readonly { value: string | null; rows: number }[],
  { column, values }: ColumnSplit,
) {
  const shown = unknown
    .slice(0, maxShownValues)
    .map(({ value, rows }) => `${value === null ? 'no value' : `'${value}'`} (${rows} rows)`);
  const more =
    unknown.length > maxShownValues ? `, and ${unknown.length - maxShownValues} more` : '';
  const known = parts.map(
    (part) => `${values[part].map((label) => `'${label}'`).join(', ')} (${part})`,
  );
  return splitInvalid(
    `the column '${column}' holds ${shown.join(', ')}${more}, which means no part; known are ${known.join(', ')}. ` +
      'Name them in split.values, or leave these rows out in the transform.',
    'split.values',
  );
}

function refuseEmptyParts(
  { column, values }: ColumnSplit,
  found: ReadonlySet<Part | undefined>,
): void {
  const empty = parts.find((part) => !found.has(part));
  if (empty === undefined) return;
  throw splitInvalid(
    `no row with a target is of the ${empty} part, since '${column}' is nowhere ` +
      `${values[empty].map((label) => `'${label}'`).join(' or ')}; mark some rows, or use another type of split.`,
    `split.values.${empty}`,
  );
}
