import type { SqlSession } from '../sql/session.js';
import { maxValueLength } from './column-statistics.js';
import type { Cells } from './open-cells.js';
import type { ValueCount } from './table-profile.js';

export interface ValueCounts {
  readonly distinct: number;
  /** The most frequent first, ties by value. */
  readonly topValues: readonly ValueCount[];
}

const topValueCount = 10;

/**
 * Counts the different values by column index, exactly and in a table of any size, as GROUP BY may spill to disk.
 * DuckDB's approximate count is no faster, and was seen to be wrong by a quarter.
 */
export async function countValues(
  session: SqlSession,
  { from }: Cells,
): Promise<ReadonlyMap<number, ValueCounts>> {
  const found = await session.rows<{ col: number; distinct: number; values: never; counts: never }>(
    `SELECT col::INTEGER AS col, different AS "distinct",
       list_transform(top, lambda e: left(e.k::VARCHAR, ${maxValueLength})) AS "values",
       list_transform(top, lambda e: -e.n) AS counts
     FROM (SELECT col, count(*)::DOUBLE AS different, min({n: -n, v: v, k: k}, ${topValueCount}) AS top
       FROM (SELECT col, k, min(v) AS v, count(*)::DOUBLE AS n FROM ${from} WHERE k IS NOT NULL GROUP BY col, k)
       GROUP BY col)`,
  );
  return new Map(
    found.map(({ col, distinct, values, counts }) => {
      const topValues = (values as readonly string[]).map((value, place) => {
        return { value, count: (counts as readonly number[])[place] ?? 0 };
      });
      return [col, { distinct, topValues }];
    }),
  );
}
