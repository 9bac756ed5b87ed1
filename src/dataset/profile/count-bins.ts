import type { SqlSession } from '../sql/session.js';
import type { ColumnStatistics } from './column-statistics.js';
import type { Cells } from './open-cells.js';
import { type Histogram, quantileShares } from './table-profile.js';

const binCount = 20;
/** Bins cover the inner 98 % of the values where the whole would be wider than this many times that. */
const farOutlierFactor = 10;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Histograms of number and time columns by column index, but for those that do not vary. */
export async function countBins(
  session: SqlSession,
  { columns, from }: Cells,
  statistics: ReadonlyMap<number, ColumnStatistics>,
): Promise<ReadonlyMap<number, Histogram>> {
  const spans = new Map<number, Span>();
  for (const { index } of columns) {
    const span = toSpan(statistics.get(index));
    if (span !== null) spans.set(index, span);
  }
  if (spans.size === 0) return new Map();
  const bounds = [...spans].map(
    ([col, span]) => `(${col}, '${span.from}'::DOUBLE, '${span.to}'::DOUBLE)`,
  );
  const bin = `least(${binCount - 1}, floor((v - low) / ((high - low) / ${binCount})))`;
  const found = await session.rows<{ col: number; bin: number; count: number }>(
    `SELECT col::INTEGER AS col,
       CASE WHEN v < low THEN -1 WHEN v > high THEN ${binCount} ELSE ${bin} END::INTEGER AS bin,
       count(*)::DOUBLE AS count
     FROM ${from} JOIN (VALUES ${bounds.join(', ')}) AS spans(col, low, high) USING (col)
     WHERE v IS NOT NULL GROUP BY ALL`,
  );
  const counted = new Map<number, Map<number, number>>();
  for (const { col, bin: place, count } of found) {
    const ofColumn = counted.get(col) ?? new Map<number, number>();
    counted.set(col, ofColumn.set(place, count));
  }
  return new Map([...spans].map(([col, span]) => [col, toHistogram(span, counted.get(col))]));
}

function toSpan(statistics: ColumnStatistics | undefined): Span | null {
  const { min, max, quantiles } = statistics ?? {};
  if (min == null || max == null) return null;
  const low = quantiles?.[quantileShares.indexOf(0.01)] ?? min;
  const high = quantiles?.[quantileShares.indexOf(0.99)] ?? max;
  const inner = high > low && max - min > farOutlierFactor * (high - low);
  const [from, to] = inner ? [low, high] : [min, max];
  return to > from && Number.isFinite(to - from) ? { from, to } : null;
}

function toHistogram(
  { from, to }: Span,
  counted: ReadonlyMap<number, number> = new Map(),
): Histogram {
  const counts = Array.from({ length: binCount }, (_, bin) => counted.get(bin) ?? 0);
  return { from, to, counts, under: counted.get(-1) ?? 0, over: counted.get(binCount) ?? 0 };
}
