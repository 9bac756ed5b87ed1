import type { SqlSession } from '../sql/session.js';
import { type ColumnStatistics, readStatistics } from './column-statistics.js';
import { countBins } from './count-bins.js';
import { countValues, type ValueCounts } from './count-values.js';
import { findUnsafeIntegers } from './find-unsafe-integers.js';
import { type Cells, openCells } from './open-cells.js';
import type { OpenColumn, OpenTable } from './open-table.js';
import type { ColumnProfile, Histogram, TableProfile } from './table-profile.js';
import { withoutValues } from './without-values.js';

/** Share of a text column's values from which on it counts as almost a number or date column. */
const almostShare = 0.8;

/**
 * Summarizes the table with a few queries, whatever its numbers of rows and columns.
 *
 * @param sensitive names of columns whose values must not be shown
 */
export async function profileTable(
  session: SqlSession,
  table: OpenTable,
  sensitive: ReadonlySet<string>,
): Promise<TableProfile> {
  const { rows, columns } = table;
  const profiles: ColumnProfile[] = [];
  for (const cells of await openCells(session, table)) {
    for (const [index, profile] of await profileCells(session, cells, rows)) {
      profiles[index] = sensitive.has(profile.name) ? withoutValues(profile) : profile;
    }
  }
  const duplicateRows = await countDuplicates(session, rows, columns);
  return { format: 'receta-profile/1', rows, columns: profiles, duplicateRows, notes: [] };
}

/** Equal rows have equal hashes; that two different ones of 64 bits meet is less likely than a broken disk. */
async function countDuplicates(
  session: SqlSession,
  rows: number,
  columns: readonly OpenColumn[],
): Promise<number> {
  if (columns.length === 0) return 0;
  const { distinct } = await session.row<{ distinct: number }>(
    `SELECT count(*)::DOUBLE AS "distinct" FROM
       (SELECT DISTINCT hash(${columns.map(({ sql }) => sql).join(', ')}) FROM source)`,
  );
  return rows - distinct;
}

async function profileCells(
  session: SqlSession,
  cells: Cells,
  rows: number,
): Promise<ReadonlyMap<number, ColumnProfile>> {
  const statistics = await readStatistics(session, cells, rows);
  const counts = await countValues(session, cells);
  const bins = await countBins(session, cells, statistics);
  const profiles = new Map<number, ColumnProfile>();
  for (const column of cells.columns) {
    // An empty table has no group for any column.
    const found = statistics.get(column.index) ?? { filled: 0 };
    const counted = counts.get(column.index) ?? { distinct: 0, topValues: [] };
    const histogram = bins.get(column.index) ?? null;
    const { min, max } = found;
    const unsafeIntegers =
      min == null || max == null ? null : await findUnsafeIntegers(session, column, min, max);
    const profile = toProfile(column, rows, found, counted, histogram);
    profiles.set(column.index, { ...profile, unsafeIntegers });
  }
  return profiles;
}

function toProfile(
  { name, sqlType, kind }: OpenColumn,
  rows: number,
  found: ColumnStatistics,
  { distinct, topValues }: ValueCounts,
  histogram: Histogram | null,
): ColumnProfile {
  const { filled, min = null, max = null, minLength, meanLength, maxLength } = found;
  const toShown = (value: number | null): number | string | null =>
    value === null || kind === 'number' ? value : toIsoSeconds(value);
  const hasLength = minLength != null && meanLength != null && maxLength != null;
  return {
    name,
    sqlType,
    kind,
    nulls: rows - filled,
    distinct,
    min: toShown(min),
    max: toShown(max),
    mean: found.mean ?? null,
    std: found.std ?? null,
    quantiles: found.quantiles ?? null,
    histogram,
    lengths: hasLength ? { min: minLength, mean: meanLength, max: maxLength } : null,
    wholeNumbers: found.whole ?? false,
    constant: distinct === 0 || (distinct === 1 && filled === rows),
    topValues: distinct < filled ? topValues : [],
    unsafeIntegers: null,
    almost: toAlmost(found),
    sensitive: false,
  };
}

/** Times beyond what JavaScript's dates hold, about the years -271821 to 275760, are cut off there. */
function toIsoSeconds(seconds: number): string {
  const ms = Math.max(-8.64e15, Math.min(8.64e15, Math.floor(seconds) * 1000));
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

function toAlmost(found: ColumnStatistics): ColumnProfile['almost'] {
  const { filled, numbers = 0, noNumber, datetimes = 0, noDatetime } = found;
  const enough = almostShare * filled;
  if (noNumber && numbers >= enough) {
    return { kind: 'number', count: numbers, exception: toExample(noNumber) };
  }
  if (noDatetime && datetimes >= enough) {
    return { kind: 'datetime', count: datetimes, exception: toExample(noDatetime) };
  }
  return null;
}

function toExample({ row, value }: { readonly row: number; readonly value: string }) {
  return { row: row + 1, value };
}
